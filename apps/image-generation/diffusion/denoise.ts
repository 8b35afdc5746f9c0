import { setImmediate as nextTurn } from 'node:timers/promises';
import type { NdArray } from 'nestjs-mosec';
import { ddimStep, guide } from './ddim.js';
import { schedule } from './noise-schedule.js';

/** A picture on its way from noise. */
export interface Drawing {
  /** `[4, height, width]`, at first noise; changed with each step. */
  readonly latents: NdArray<'float32'>;
  readonly positive: NdArray;
  readonly negative: NdArray;
  readonly guidance: number;
  /** Aborts when nobody waits for it any more. */
  readonly signal: AbortSignal;
  /** @param step from 1 */
  onStep(step: number): void;
}

/** The noise that the UNet sees in each of several latents, on condition of the text embedding of the same index. */
export type PredictNoise = (
  latents: readonly NdArray[],
  timestep: number,
  texts: readonly NdArray[],
) => Promise<Float32Array[]>;

/** Draws pictures of one size together. Those that nobody waits for any more are left as they are. */
export async function denoise(drawings: readonly Drawing[], steps: number, predict: PredictNoise): Promise<void> {
  for (const [index, step] of schedule(steps).entries()) {
    // The runtime blocks the thread: here events leave, and the news come that a client has left.
    await nextTurn();
    const wanted = drawings.filter(({ signal }) => !signal.aborted);
    if (wanted.length === 0) return;
    const latents = wanted.map((drawing) => drawing.latents);
    const texts = [...wanted.map(({ negative }) => negative), ...wanted.map(({ positive }) => positive)];
    const noise = await predict([...latents, ...latents], step.timestep, texts);
    wanted.forEach((drawing, i) => {
      const guided = guide(noise[i]!, noise[wanted.length + i]!, drawing.guidance);
      ddimStep(drawing.latents.data, guided, step);
      drawing.onStep(index + 1);
    });
  }
}
