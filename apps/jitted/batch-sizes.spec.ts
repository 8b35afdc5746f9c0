import { describe, expect, it } from 'vitest';
import { paddedSize } from './batch-sizes.js';

describe('when a batch of so many items is to run', () => {
  it.each([
    [1, 1],
    [2, 2],
    [3, 4],
    [5, 8],
    [8, 8],
  ])('should be %i → %i', (items, size) => {
    expect(paddedSize(items)).toBe(size);
  });
});
