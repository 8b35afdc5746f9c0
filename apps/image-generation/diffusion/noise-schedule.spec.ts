import { describe, expect, it } from 'vitest';
import { schedule, SIGNAL_SHARES } from './noise-schedule.js';

describe('when the noise of the training is computed', () => {
  it('should be that of Stable Diffusion', () => {
    expect(SIGNAL_SHARES[0]).toBeCloseTo(0.99915, 10);
    expect(SIGNAL_SHARES[999]).toBeCloseTo(0.0046598, 6);
    // Noise as others express it, sigma: from 0.0292 to 14.6146.
    const sigma = (share: number) => Math.sqrt((1 - share) / share);
    expect(sigma(SIGNAL_SHARES[0]!)).toBeCloseTo(0.0292, 4);
    expect(sigma(SIGNAL_SHARES[999]!)).toBeCloseTo(14.6146, 3);
  });
});

describe('when the steps of a loop are planned', () => {
  it('should be spaced evenly, and end at the first', () => {
    expect(schedule(20).map(({ timestep }) => timestep)).toEqual(Array.from({ length: 20 }, (_, i) => 951 - 50 * i));
    expect(schedule(50)[0]!.timestep).toBe(981);
    expect(schedule(1)).toEqual([{ timestep: 1, share: SIGNAL_SHARES[1], nextShare: SIGNAL_SHARES[0] }]);
  });

  it.each([1, 2, 25, 250])('should go from level to level without a gap in %i steps', (count) => {
    const steps = schedule(count);
    expect(steps).toHaveLength(count);
    steps.slice(1).forEach(({ share }, i) => expect(share).toBe(steps[i]!.nextShare));
    expect(steps.at(-1)!.nextShare).toBe(SIGNAL_SHARES[0]);
    for (const { share, nextShare } of steps) expect(nextShare).toBeGreaterThan(share);
  });
});
