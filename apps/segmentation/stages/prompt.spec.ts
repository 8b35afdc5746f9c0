import type { NdArray } from 'nestjs-mosec';
import { describe, expect, it } from 'vitest';
import { promptOf } from './prompt.js';

const image: NdArray<'uint8'> = { dtype: 'uint8', shape: [256, 512, 3], data: new Uint8Array(256 * 512 * 3) };
const points = (...data: number[]): NdArray => ({
  dtype: 'float64',
  shape: [data.length / 2, 2],
  data: Float64Array.from(data),
});

describe('when points are given in pixels of the picture', () => {
  it('should be scaled as the picture is, and lie on the thing unless labels say otherwise', () => {
    expect(promptOf({ image, points: points(10, 20, 511, 255) })).toEqual({
      size: { width: 512, height: 256 },
      points: [20, 40, 1022, 510],
      labels: [1, 1],
    });
    const labels: NdArray = { dtype: 'int64', shape: [2], data: BigInt64Array.of(1n, 0n) };
    expect(promptOf({ image, points: points(1, 1, 2, 2), labels }).labels).toEqual([1, 0]);
  });

  it('should be refused outside of it', () => {
    for (const [x, y] of [
      [512, 0],
      [0, 256],
      [-1, 0],
      [NaN, 0],
    ] as const) {
      expect(() => promptOf({ image, points: points(1, 1, x, y) })).toThrow(
        'point 1 lies outside the image of 512 by 256 pixels',
      );
    }
  });

  it('should be refused with labels for others', () => {
    const labels: NdArray = { dtype: 'int32', shape: [1], data: Int32Array.of(1) };
    expect(() => promptOf({ image, points: points(1, 1, 2, 2), labels })).toThrow('labels must be one per point, 2');
  });
});
