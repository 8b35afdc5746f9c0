import { describe, expect, it } from 'vitest';
import { median, percentile } from './statistics.js';

describe('when the values are sorted', () => {
  const sorted = Float64Array.from({ length: 100 }, (_, i) => i);

  it('should take the value below which the part lies', () => {
    expect([0, 0.5, 0.99, 1].map((part) => percentile(sorted, part))).toEqual([0, 50, 99, 99]);
  });

  it('should have none without values', () => {
    expect(percentile([], 0.5)).toBeNaN();
    expect(median([])).toBeNaN();
  });
});

describe('when the median is taken', () => {
  it('should not depend on the order', () => expect(median([9, 1, 10])).toBe(9));
  it('should be between the middle two of an even count', () => expect(median([4, 1, 2, 100])).toBe(3));
});
