import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { framesAheadLimit } from './frames-ahead.js';

describe('framesAheadLimit', () => {
  it.each([
    [0, 0],
    [NaN, 0],
    [0.01, 8],
    [0.125, 8],
    [0.2, 5],
    [0.5, 2],
    [0.7, 1],
    [5, 1],
    [20, 1],
    [20.1, 0],
    [500, 0],
  ])('should allow for a service time of %d ms %d frames', (serviceMs, frames) => {
    expect(framesAheadLimit(serviceMs)).toBe(frames);
  });

  it('should never allow more frames for longer batches', () => {
    const time = fc.double({ min: 0.001, max: 100, noNaN: true });
    fc.assert(
      fc.property(time, time, (one, other) => {
        expect(framesAheadLimit(Math.min(one, other))).toBeGreaterThanOrEqual(framesAheadLimit(Math.max(one, other)));
      }),
    );
  });
});
