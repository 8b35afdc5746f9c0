import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GRANULE_BYTES, slotCapacity } from './slot-capacity.js';

describe('the size class of a payload', () => {
  it('should hold the payload with less than a fifth left empty', () => {
    fc.assert(
      fc.property(fc.integer({ min: 4097, max: 2 ** 31 - 1 }), (length) => {
        const capacity = slotCapacity(length);
        expect(capacity).toBeGreaterThanOrEqual(length);
        expect(capacity - length).toBeLessThan(capacity / 5);
        expect(capacity % GRANULE_BYTES).toBe(0);
      }),
    );
  });

  it('should be the payload itself for powers of two and their quarter steps', () => {
    for (const bytes of [4096, 5120, 6144, 7168, 8192, 65_536, 1 << 20, 10 << 20])
      expect(slotCapacity(bytes)).toBe(bytes);
  });

  it('should be 4 KiB for anything small', () => {
    expect([1, 64, 4095].map(slotCapacity)).toEqual([4096, 4096, 4096]);
  });
});
