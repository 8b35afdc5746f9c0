import { describe, expect, it } from 'vitest';
import { gaussianNoise } from './gaussian-noise.js';

const COUNT = 100_001;

describe('when noise is drawn', () => {
  it('should be normal: mean 0, variance 1, two thirds within 1', () => {
    const noise = gaussianNoise(7, COUNT);
    const mean = noise.reduce((sum, value) => sum + value, 0) / COUNT;
    const variance = noise.reduce((sum, value) => sum + value * value, 0) / COUNT;
    expect(mean).toBeCloseTo(0, 1);
    expect(variance).toBeCloseTo(1, 1);
    expect(noise.filter((value) => Math.abs(value) < 1).length / COUNT).toBeCloseTo(0.6827, 2);
  });

  it('should be the same for the same seed, and other for another', () => {
    expect(gaussianNoise(7, 8)).toEqual(gaussianNoise(7, 8));
    expect(gaussianNoise(7, 8)).not.toEqual(gaussianNoise(8, 8));
    expect(gaussianNoise(7, 3)).toEqual(gaussianNoise(7, 8).subarray(0, 3));
  });
});
