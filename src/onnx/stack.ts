import type { NdArray } from '#libs/codec';
import { copyElements, emptyLike, sameShape, sizeOf } from './strides.js';
import { TensorMismatchError } from './tensor-mismatch.error.js';
import { describeTensor } from './tensor-spec.js';

/**
 * Arrays of one shape as one array with a new axis, as `numpy.stack`.
 * @throws TensorMismatchError if they differ in type or shape, or there are none
 * @publicApi
 */
export function stack(arrays: readonly NdArray[], axis = 0): NdArray {
  const [first] = arrays;
  if (!first) throw new TensorMismatchError('There is no array to stack: give at least one.');
  const other = arrays.find(({ dtype, shape }) => dtype !== first.dtype || !sameShape(shape, first.shape));
  if (other) {
    const [one, two] = [first, other].map(({ dtype, shape }) => describeTensor(dtype, shape));
    throw new TensorMismatchError(`Arrays of ${one} and ${two} cannot be stacked: pad them to one shape.`);
  }
  const shape = [...first.shape.slice(0, axis), arrays.length, ...first.shape.slice(axis)];
  const stacked = emptyLike(first, shape);
  const block = sizeOf(first.shape.slice(axis));
  const blocks = sizeOf(first.shape.slice(0, axis));
  for (let i = 0; i < blocks; i++) {
    arrays.forEach((array, n) =>
      copyElements(array, i * block, (i + 1) * block, stacked, (i * arrays.length + n) * block),
    );
  }
  return stacked;
}

/**
 * The members of an array along an axis, which they lose: what `stack` put together. Along the first axis they share
 * its memory.
 * @publicApi
 */
export function split(array: NdArray, axis = 0): NdArray[] {
  const count = array.shape[axis] ?? 0;
  const shape = array.shape.toSpliced(axis, 1);
  const block = sizeOf(array.shape.slice(axis + 1));
  const blocks = sizeOf(array.shape.slice(0, axis));
  return Array.from({ length: count }, (_, n) => {
    if (blocks === 1) return { ...array, shape, data: array.data.subarray(n * block, (n + 1) * block) } as NdArray;
    const member = emptyLike(array, shape);
    for (let i = 0; i < blocks; i++) {
      const start = (i * count + n) * block;
      copyElements(array, start, start + block, member, i * block);
    }
    return member;
  });
}
