import { describe, expect, it } from 'vitest';
import { ddimStep, guide } from './ddim.js';
import { gaussianNoise } from './gaussian-noise.js';
import { schedule, SIGNAL_SHARES } from './noise-schedule.js';

describe('when the noise is predicted without a fault', () => {
  it.each([1, 5, 50])('should end at the picture in %i steps, with the noise of the lowest level', (count) => {
    const picture = Float32Array.of(-1.5, 0, 0.25, 2);
    const noise = gaussianNoise(3, 4);
    const steps = schedule(count);
    const mix = (share: number) =>
      picture.map((value, i) => Math.sqrt(share) * value + Math.sqrt(1 - share) * noise[i]!);
    const latents = mix(steps[0]!.share);
    for (const step of steps) ddimStep(latents, noise, step);
    const expected = mix(SIGNAL_SHARES[0]!);
    latents.forEach((value, i) => expect(value).toBeCloseTo(expected[i]!, 4));
  });
});

describe('when a step is taken', () => {
  it('should give known values', () => {
    const latents = Float32Array.of(1, -1);
    ddimStep(latents, Float32Array.of(0.5, 0), { timestep: 1, share: 0.25, nextShare: 0.64 });
    // x0 = (x - sqrt(0.75) e) / 0.5, then 0.8 x0 + 0.6 e
    expect(latents[0]).toBeCloseTo(0.8 * ((1 - Math.sqrt(0.75) * 0.5) / 0.5) + 0.6 * 0.5, 6);
    expect(latents[1]).toBeCloseTo(-1.6, 6);
  });
});

describe('when a prompt guides', () => {
  it('should follow it alone at 1, and go beyond it above', () => {
    const [without, withPrompt] = [Float32Array.of(1, 2), Float32Array.of(2, 0)];
    expect([...guide(without, withPrompt, 1)]).toEqual([2, 0]);
    expect([...guide(without, withPrompt, 3)]).toEqual([4, -4]);
  });
});
