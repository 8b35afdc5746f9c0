import type { NdArray } from 'nestjs-mosec';

/** The mean of the first rows of a matrix; those behind them are padding. */
export function meanOf({ shape, data }: NdArray, rows: number): Float64Array {
  const size = shape[1] ?? 0;
  const sum = new Float64Array(size);
  for (let row = 0; row < rows; row++) {
    for (let i = 0; i < size; i++) sum[i]! += Number(data[row * size + i]);
  }
  return sum.map((value) => value / rows);
}

/** The vector brought to the length 1, so that a scalar product tells how near two texts are. */
export function normalised(vector: Float64Array): Float32Array {
  const length = Math.hypot(...vector);
  return Float32Array.from(vector, (value) => (length === 0 ? 0 : value / length));
}
