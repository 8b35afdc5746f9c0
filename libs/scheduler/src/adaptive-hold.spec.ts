import { describe, expect, it } from 'vitest';
import { AdaptiveHold } from './adaptive-hold.js';

function holdAfter(populations: readonly number[], maxBatchSize = 32): AdaptiveHold {
  const hold = new AdaptiveHold(maxBatchSize, 16);
  for (const population of populations) hold.arrived(0, population);
  return hold;
}

describe('when an adaptive hold chooses its target', () => {
  it('should not hold before the fourth record', () => {
    expect(holdAfter([3, 3, 3]).target(0, 1)).toBe(1);
    expect(holdAfter([3, 3, 3, 3]).target(0, 1)).toBe(3);
  });

  it('should not hold when the median arrival is alone', () => {
    expect(holdAfter([1, 1, 1, 9]).target(0, 1)).toBe(1);
    expect(holdAfter([1, 1, 9, 9]).target(0, 1)).toBe(9);
  });

  it('should share the largest population among the ready replicas, rounded down', () => {
    const hold = holdAfter([4, 9, 5, 4]);
    expect([1, 2, 4].map((ready) => hold.target(0, ready))).toEqual([9, 4, 2]);
  });

  it('should not hold when there are more ready replicas than clients', () => {
    expect(holdAfter([3, 3, 3, 3]).target(0, 4)).toBe(1);
  });

  it('should stay finite while no replica is ready', () => {
    expect(holdAfter([4, 9, 5, 4]).target(0, 0)).toBe(9);
  });

  it('should not exceed the batch limit', () => {
    expect(holdAfter([40, 40, 40, 40], 8).target(0, 1)).toBe(8);
  });

  it('should look at the last 64 records, or twice as many as a batch holds', () => {
    const few = Array.from({ length: 64 }, () => 2);
    expect(holdAfter([9, ...few]).target(0, 1)).toBe(2);
    expect(holdAfter([9, ...few.slice(1)]).target(0, 1)).toBe(9);
    expect(holdAfter([9, ...few], 33).target(0, 1)).toBe(9);
  });

  it('should forget records after a second', () => {
    const hold = holdAfter([9, 9, 9, 9]);
    expect([hold.target(999, 1), hold.target(1000, 1)]).toEqual([9, 1]);
  });
});

describe('when an adaptive hold learns', () => {
  it('should start at a quarter and double up to the whole wait', () => {
    const hold = new AdaptiveHold(32, 16);
    const times = [hold.holdMs];
    for (let round = 0; round < 3; round += 1) {
      hold.reached();
      times.push(hold.holdMs);
    }
    expect(times).toEqual([4, 8, 16, 16]);
  });

  it('should halve down to a sixteenth', () => {
    const hold = new AdaptiveHold(32, 16);
    const times = Array.from({ length: 4 }, () => {
      hold.missed();
      return hold.holdMs;
    });
    expect(times).toEqual([2, 1, 1, 1]);
  });

  it('should try the whole wait once on every 64th miss in a row', () => {
    const hold = new AdaptiveHold(32, 16);
    const probes: number[] = [];
    for (let miss = 1; miss <= 200; miss += 1) {
      hold.missed();
      if (hold.holdMs === 16) probes.push(miss);
      else if (miss > 2) expect(hold.holdMs).toBe(1);
    }
    expect(probes).toEqual([64, 128, 192]);
  });

  it('should keep the whole wait when the probe succeeds, and count misses anew', () => {
    const hold = new AdaptiveHold(32, 16);
    for (let miss = 1; miss <= 64; miss += 1) hold.missed();
    hold.reached();
    expect(hold.holdMs).toBe(16);
    for (let miss = 1; miss <= 63; miss += 1) hold.missed();
    expect(hold.holdMs).toBe(1);
    hold.missed();
    expect(hold.holdMs).toBe(16);
  });
});
