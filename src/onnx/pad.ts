import type { NdArray } from '#libs/codec';
import { copyCorner, emptyLike, sameShape } from './strides.js';
import { TensorMismatchError } from './tensor-mismatch.error.js';
import { describeTensor } from './tensor-spec.js';

/**
 * Arrays of one rank, each filled up behind its elements to the largest size along every axis; those that are as
 * large already are returned as they are.
 * @param value what is filled in, e.g. the id of a padding token
 * @throws TensorMismatchError if they differ in type or number of dimensions
 * @publicApi
 */
export function padToLongest(arrays: readonly NdArray[], value = 0): NdArray[] {
  const [first] = arrays;
  if (!first) return [];
  const other = arrays.find(({ dtype, shape }) => dtype !== first.dtype || shape.length !== first.shape.length);
  if (other) {
    const [one, two] = [first, other].map(({ dtype, shape }) => describeTensor(dtype, shape));
    throw new TensorMismatchError(`Arrays of ${one} and ${two} cannot be padded to one shape: give one type and rank.`);
  }
  const shape = first.shape.map((_, axis) => Math.max(...arrays.map((array) => array.shape[axis] ?? 0)));
  return arrays.map((array) => resize(array, shape, value));
}

/** The array cut off, or filled up, behind its elements to this shape of the same rank. */
export function resize(array: NdArray, shape: readonly number[], value = 0): NdArray {
  if (sameShape(array.shape, shape)) return array;
  const resized = emptyLike(array, shape);
  if (value !== 0) fill(resized, value);
  copyCorner(array, resized);
  return resized;
}

function fill({ data }: NdArray, value: number): void {
  if (data instanceof BigInt64Array || data instanceof BigUint64Array) data.fill(BigInt(value));
  else data.fill(value);
}
