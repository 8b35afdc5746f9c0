import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { NdArray } from '#libs/codec';
import { padToLongest, resize } from './pad.js';
import { split, stack } from './stack.js';

const floats = (shape: number[], ...data: number[]): NdArray => ({
  dtype: 'float32',
  shape,
  data: Float32Array.from(data),
});
const matrix = floats([2, 2], 1, 2, 3, 4);
const other = floats([2, 2], 5, 6, 7, 8);

describe('when arrays are stacked', () => {
  it.each([
    [0, [2, 2, 2], [1, 2, 3, 4, 5, 6, 7, 8]],
    [1, [2, 2, 2], [1, 2, 5, 6, 3, 4, 7, 8]],
    [2, [2, 2, 2], [1, 5, 2, 6, 3, 7, 4, 8]],
  ])('should have the new axis at %i, as numpy.stack', (axis, shape, data) => {
    expect(stack([matrix, other], axis)).toEqual(floats(shape, ...data));
  });

  it('should keep their type', () => {
    const int: NdArray = { dtype: 'int64', shape: [], data: BigInt64Array.of(7n) };
    expect(stack([int, int])).toEqual({ dtype: 'int64', shape: [2], data: BigInt64Array.of(7n, 7n) });
    const bytes: NdArray = { dtype: 'uint8', shape: [1], data: Buffer.of(3) };
    expect(stack([bytes])).toEqual({ dtype: 'uint8', shape: [1, 1], data: Uint8Array.of(3) });
  });

  it('should refuse arrays that differ, naming both', () => {
    const long = floats([3], 1, 2, 3);
    expect(() => stack([matrix, long])).toThrow(
      'Arrays of float32 [2, 2] and float32 [3] cannot be stacked: pad them to one shape.',
    );
    expect(() => stack([])).toThrow('There is no array to stack');
  });

  it('should be undone by split, along any axis', () => {
    const shape = fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 0, maxLength: 3 });
    fc.assert(
      fc.property(shape, fc.integer({ min: 1, max: 5 }), fc.nat(3), (sizes, count, position) => {
        const elements = sizes.reduce((a, b) => a * b, 1);
        const arrays = Array.from({ length: count }, (_, n) =>
          floats(sizes, ...Array.from({ length: elements }, (_e, i) => n * 100 + i)),
        );
        const axis = Math.min(position, sizes.length);
        expect(split(stack(arrays, axis), axis)).toEqual(arrays);
      }),
    );
  });
});

describe('when arrays are padded', () => {
  it('should be filled up behind their elements, along every axis', () => {
    const [first, second] = padToLongest([floats([1, 3], 1, 2, 3), floats([2, 1], 4, 5)], -1);
    expect(first).toEqual(floats([2, 3], 1, 2, 3, -1, -1, -1));
    expect(second).toEqual(floats([2, 3], 4, -1, -1, 5, -1, -1));
  });

  it('should return those of the largest shape as they are', () => {
    expect(padToLongest([matrix, other])[0]).toBe(matrix);
    expect(padToLongest([])).toEqual([]);
  });

  it('should pad 64-bit integers', () => {
    const int = (...data: bigint[]): NdArray => ({
      dtype: 'int64',
      shape: [data.length],
      data: BigInt64Array.from(data),
    });
    expect(padToLongest([int(1n, 2n), int()], 9)[1]).toEqual(int(9n, 9n));
  });

  it('should refuse different ranks, naming both', () => {
    expect(() => padToLongest([matrix, floats([1], 1)])).toThrow(
      'Arrays of float32 [2, 2] and float32 [1] cannot be padded',
    );
  });

  it('should be cut back by resize', () => {
    expect(resize(floats([2, 3], 1, 2, 3, 4, 5, 6), [2, 2])).toEqual(floats([2, 2], 1, 2, 4, 5));
  });
});
