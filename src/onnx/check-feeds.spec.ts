import { describe, expect, it } from 'vitest';
import { checkFeeds, type GivenTensor } from './check-feeds.js';
import { TensorMismatchError } from './tensor-mismatch.error.js';
import type { TensorSpec } from './tensor-spec.js';

const SPECS: TensorSpec[] = [
  { name: 'ids', dtype: 'int64', shape: ['batch', 'sequence'] },
  { name: 'mask', dtype: 'int64', shape: ['batch', 'sequence'] },
  { name: 'scale', dtype: 'float32', shape: ['', 2] },
];

const given = (dtype: string, shape: number[], length = shape.reduce((a, b) => a * b, 1)): GivenTensor => ({
  dtype,
  shape,
  length,
});
const good = { ids: given('int64', [3, 5]), mask: given('int64', [3, 5]), scale: given('float32', [7, 2]) };
const check =
  (changed: Record<string, GivenTensor | undefined> = {}) =>
  () =>
    checkFeeds('bert', SPECS, { ...good, ...changed });

describe('when inputs fit', () => {
  it('should accept them, with any size for a dynamic dimension', () => {
    expect(check()).not.toThrow();
    expect(check({ scale: given('float32', [0, 2]) })).not.toThrow();
  });
});

describe('when an input does not fit', () => {
  it.each([
    [{ ids: undefined }, 'Model "bert" takes input "ids" as int64 [batch, sequence], and was not given it.'],
    [{ extra: given('int64', []) }, 'Model "bert" has no input "extra": its inputs are "ids", "mask", "scale".'],
    [
      { ids: given('int32', [3, 5]) },
      'Model "bert" takes input "ids" as int64 [batch, sequence], and was given int32 [3, 5].',
    ],
    [
      { ids: given('int64', [5]) },
      'Model "bert" takes input "ids" as int64 [batch, sequence], and was given int64 [5].',
    ],
    [
      { mask: given('int64', [3, 4]) },
      'Model "bert" takes input "mask" as int64 [batch, sequence] with sequence = 5 as in input "ids", ' +
        'and was given int64 [3, 4].',
    ],
    [
      { scale: given('float32', [7, 3]) },
      'Model "bert" takes input "scale" as float32 [?, 2], and was given float32 [7, 3].',
    ],
    [
      { scale: given('float32', [7, 2], 13) },
      'Model "bert" was given float32 [7, 2] as input "scale", which needs 14 elements and has 13.',
    ],
  ])('should name model, input, expected and given shape (%#)', (changed, message) => {
    expect(check(changed)).toThrow(new TensorMismatchError(message));
  });
});
