import type { NdArray } from 'nestjs-mosec';
import { describe, expect, it } from 'vitest';
import { denoise, type Drawing, type PredictNoise } from './denoise.js';
import { gaussianNoise } from './gaussian-noise.js';
import { SIGNAL_SHARES } from './noise-schedule.js';

const array = (data: Float32Array): NdArray<'float32'> => ({ dtype: 'float32', shape: [4, 1, 1], data });

/** Its text is the picture that it asks for. */
function drawing(positive: number, changes: Partial<Drawing> = {}): Drawing & { steps: number[] } {
  const steps: number[] = [];
  return {
    latents: array(gaussianNoise(positive, 4)),
    positive: array(new Float32Array(4).fill(positive)),
    negative: array(new Float32Array(4)),
    guidance: 1,
    signal: new AbortController().signal,
    steps,
    onStep: (step) => void steps.push(step),
    ...changes,
  };
}

/** A model that knows the picture: what is left is noise. */
function modelOf(batches: number[] = []): PredictNoise {
  return async (latents, timestep, texts) => {
    batches.push(latents.length);
    const share = SIGNAL_SHARES[timestep]!;
    return latents.map(({ data }, i) =>
      (data as Float32Array).map(
        (value, j) => (value - Math.sqrt(share) * (texts[i]!.data[j] as number)) / Math.sqrt(1 - share),
      ),
    );
  };
}

describe('when several pictures are drawn', () => {
  it('should draw each as its text says, in one batch with and without it', async () => {
    const batches: number[] = [];
    const drawings = [drawing(1), drawing(-2), drawing(0.5, { guidance: 4 })];
    await denoise(drawings, 10, modelOf(batches));
    [1, -2, 2].forEach((expected, i) => {
      for (const value of drawings[i]!.latents.data) expect(Math.abs(value - expected)).toBeLessThan(0.1);
    });
    expect(batches).toEqual(new Array(10).fill(6));
    expect(drawings[1]!.steps).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  });

  it('should draw the same as alone', async () => {
    const [together, alone] = [drawing(1), drawing(1)];
    await denoise([drawing(3), together], 5, modelOf());
    await denoise([alone], 5, modelOf());
    expect(together.latents.data).toEqual(alone.latents.data);
  });
});

describe('when nobody waits for a picture any more', () => {
  it('should drop it after the step, and go on with the others', async () => {
    const leaving = new AbortController();
    const batches: number[] = [];
    const left = drawing(1, { signal: leaving.signal, onStep: (step) => step === 2 && leaving.abort() });
    const stays = drawing(2);
    await denoise([left, stays], 4, modelOf(batches));
    expect(batches).toEqual([4, 4, 2, 2]);
    expect(stays.steps).toEqual([1, 2, 3, 4]);
  });

  it('should stop when it was the last', async () => {
    const leaving = new AbortController();
    const batches: number[] = [];
    // As a cancel that comes from outside while a step runs.
    const onStep = (step: number) => step === 3 && setImmediate(() => leaving.abort());
    await denoise([drawing(1, { signal: leaving.signal, onStep })], 100, modelOf(batches));
    expect(batches.length).toBeLessThanOrEqual(4);
  });
});
