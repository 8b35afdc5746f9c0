import { describe, expect, it } from 'vitest';
import { WaitPredictor } from './wait-predictor.js';

/** A predictor that has seen these batches, all at time 0. */
function predictor(maxBatchSize: number, batches: readonly (readonly [size: number, ms: number])[]): WaitPredictor {
  const made = new WaitPredictor(maxBatchSize);
  for (const [size, ms] of batches) made.record(0, size, ms);
  return made;
}

const times = (count: number, batch: readonly [number, number]) => Array.from({ length: count }, () => batch);

describe('when little is known of a pool', () => {
  it('should predict no wait before the fourth batch', () => {
    expect(predictor(1, []).waitMs(0, 100, 1)).toBe(0);
    expect(predictor(1, times(3, [1, 10])).waitMs(0, 100, 1)).toBe(0);
    expect(predictor(1, times(4, [1, 10])).waitMs(0, 100, 1)).toBe(1000);
  });
});

describe('when batches of one size were seen', () => {
  it('should count the batches ahead, a begun one whole, over the ready replicas', () => {
    const known = predictor(8, times(4, [8, 20]));
    expect([0, 1, 8, 9, 16].map((ahead) => known.waitMs(0, ahead, 1))).toEqual([0, 20, 20, 40, 40]);
    expect(known.waitMs(0, 16, 2)).toBe(20);
  });

  it('should take the 75th percentile of their times: neither the mean nor one slow batch', () => {
    const steady = [...times(7, [1, 10] as const), [1, 900] as const];
    expect(predictor(1, steady).waitMs(0, 1, 1)).toBe(10);
    const spread = [10, 20, 30, 40].map((ms) => [1, ms] as const);
    expect(predictor(1, spread).waitMs(0, 1, 1)).toBe(40);
  });
});

describe('when batches of several sizes were seen', () => {
  it('should predict the time of a full one from them', () => {
    const known = predictor(
      32,
      [1, 2, 4, 8].map((size) => [size, 5 + size] as const),
    );
    expect(known.waitMs(0, 32, 1)).toBeCloseTo(37);
  });

  it('should not believe that larger batches are quicker', () => {
    const known = predictor(32, [
      [1, 40],
      [2, 30],
      [4, 20],
      [8, 10],
    ]);
    expect(known.waitMs(0, 32, 1)).toBe(40);
  });
});

describe('when time passes', () => {
  it('should forget batches after ten seconds', () => {
    expect(predictor(1, times(4, [1, 10])).waitMs(10_000, 1, 1)).toBe(10);
    expect(predictor(1, times(4, [1, 10])).waitMs(10_001, 1, 1)).toBe(0);
  });

  it('should keep an estimate for 50 milliseconds, whatever happens meanwhile', () => {
    const known = predictor(1, times(4, [1, 10]));
    expect(known.waitMs(0, 1, 1)).toBe(10);
    for (let i = 0; i < 64; i += 1) known.record(1, 1, 99);
    expect(known.waitMs(49, 1, 1)).toBe(10);
    expect(known.waitMs(50, 1, 1)).toBe(99);
  });

  it('should look at the latest 64 batches alone', () => {
    const known = predictor(1, [...times(64, [1, 900] as const), ...times(64, [1, 10] as const)]);
    expect(known.waitMs(0, 1, 1)).toBe(10);
  });
});
