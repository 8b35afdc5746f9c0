import { describe, expect, it } from 'vitest';
import { FixedHold } from './fixed-hold.js';

describe('FixedHold', () => {
  it('should always hold for the full time and the full batch', () => {
    const hold = new FixedHold(8, 10);
    hold.arrived();
    hold.missed();
    hold.reached();
    expect([hold.holdMs, hold.target()]).toEqual([10, 8]);
  });
});
