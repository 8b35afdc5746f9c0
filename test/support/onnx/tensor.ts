import { block, integer } from './protobuf.js';

/** Codes of `TensorProto.DataType`. */
export const DATA_TYPES = {
  float32: 1,
  uint8: 2,
  int8: 3,
  uint16: 4,
  int16: 5,
  int32: 6,
  int64: 7,
  string: 8,
  bool: 9,
  float16: 10,
  float64: 11,
  uint32: 12,
  uint64: 13,
} as const;

export type DataType = keyof typeof DATA_TYPES;

/** Constant data of a graph, row by row. Text for dtype `string`, otherwise the typed array that fits. */
export interface Constant {
  readonly dtype: DataType;
  readonly shape: readonly number[];
  readonly data: NodeJS.TypedArray | readonly string[];
}

/** Weights: `floats([2, 3], [1, 2, 3, 4, 5, 6])`. */
export function floats(shape: readonly number[], data: Iterable<number>): Constant {
  return { dtype: 'float32', shape, data: Float32Array.from(data) };
}

/** Indexes, sizes, axes: `ints([3], [0, -1, 4])`. */
export function ints(shape: readonly number[], data: Iterable<number>): Constant {
  return { dtype: 'int64', shape, data: BigInt64Array.from([...data].map(BigInt)) };
}

/** The fields of a `TensorProto`. */
export function tensorFields({ dtype, shape, data }: Constant, name: string): Buffer[] {
  const dims = shape.map((size) => integer(1, size));
  const head = [...dims, integer(2, DATA_TYPES[dtype]), block(8, name)];
  if (!ArrayBuffer.isView(data)) return [...head, ...data.map((text) => block(6, text))];
  return [...head, block(9, new Uint8Array(data.buffer, data.byteOffset, data.byteLength))];
}
