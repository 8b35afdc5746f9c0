import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Backoff, DEFAULT_BACKOFF } from './backoff.js';

const OPTIONS = { baseMs: 100, maxMs: 1000, healthyMs: 5000 };
const delays = (random: number, readyForMs: readonly number[]): number[] => {
  const backoff = new Backoff({ ...OPTIONS, random: () => random });
  return readyForMs.map((ms) => backoff.delayAfter(ms));
};

describe('when a replica that was ready ends', () => {
  it('should be replaced at once the first time, then ever later up to the limit', () => {
    expect(delays(1, [1, 1, 1, 1, 1, 1])).toEqual([0, 200, 400, 800, 1000, 1000]);
  });

  it('should start from the beginning after a healthy period', () => {
    expect(delays(1, [1, 1, 1, 5000, 4999, 1])).toEqual([0, 200, 400, 0, 200, 400]);
  });
});

describe('when a replica never gets ready', () => {
  it('should not be replaced at once', () => {
    expect(delays(1, [0, 0, 0])).toEqual([100, 200, 400]);
  });
});

describe('when several replicas end together', () => {
  it('should wait between half and all of the delay', () => {
    expect(delays(0, [0, 0, 0])).toEqual([50, 100, 200]);
    fc.assert(
      fc.property(fc.double({ min: 0, max: 0.999, noNaN: true }), fc.nat(60), (random, deaths) => {
        const [last] = delays(random, new Array<number>(deaths + 1).fill(0)).slice(-1);
        const whole = Math.min(1000, 100 * 2 ** deaths);
        expect(last).toBeGreaterThanOrEqual(whole / 2);
        expect(last).toBeLessThanOrEqual(whole);
      }),
    );
  });

  it('should wait at most 30 s by default', () => {
    const backoff = new Backoff({ ...DEFAULT_BACKOFF, random: () => 0.999 });
    const waits = Array.from({ length: 40 }, () => backoff.delayAfter(0));
    expect(waits[0]).toBeLessThan(250);
    expect(Math.max(...waits)).toBeCloseTo(30_000, -2);
  });
});
