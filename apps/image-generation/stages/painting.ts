import type { NdArray, StreamCall, StreamEvent } from 'nestjs-mosec';
import type { Drawing } from '../diffusion/denoise.js';
import { gaussianNoise } from '../diffusion/gaussian-noise.js';
import type { GenerationEvent } from '../dto/generation-event.dto.js';
import type { Generation } from '../dto/generation.dto.js';
import type { Conditioning } from './conditioning.js';
import { STREAM_ROUTE } from './stream-route.js';

/** Of the latents, beside the picture: a 512 by 512 picture has 4 by 64 by 64. */
const CHANNELS = 4;
const SCALE = 8;

/**
 * A picture that is being drawn for a request. Its events are not waited for: a client that reads slowly must not hold up
 * the others of the batch, and but for the last one they are small.
 */
export class Painting implements Drawing {
  readonly latents: NdArray<'float32'>;
  /** Steps that are done. */
  done = 0;
  private readonly streams: boolean;

  constructor(
    readonly item: Conditioning,
    private readonly call: StreamCall<StreamEvent<GenerationEvent>>,
  ) {
    const shape = [CHANNELS, item.height / SCALE, item.width / SCALE];
    const length = shape.reduce((product, size) => product * size);
    this.latents = { dtype: 'float32', shape, data: gaussianNoise(item.seed, length) };
    this.streams = call.route === STREAM_ROUTE;
  }

  get id(): string {
    return this.call.id;
  }

  get positive(): NdArray {
    return this.item.positive;
  }

  get negative(): NdArray {
    return this.item.negative;
  }

  get guidance(): number {
    return this.item.guidance;
  }

  get signal(): AbortSignal {
    return this.call.signal;
  }

  onStep(step: number): void {
    this.done = step;
    if (this.streams) void this.call.sendEvent({ event: 'progress', data: { step, steps: this.item.steps } });
  }

  /** @returns the answer, where it is no stream */
  finish(png: Uint8Array): Generation | undefined {
    const { seed } = this.item;
    if (!this.streams) return { image: png, seed };
    const image = Buffer.from(png).toString('base64');
    void this.call.sendEvent({ event: 'image', data: { image, seed } });
    return undefined;
  }
}
