import {
  msgpack,
  SseStage,
  WorkerContext,
  type BatchStreamStage,
  type StreamCall,
  type StreamEvent,
} from 'nestjs-mosec';
import { OnnxModule } from 'nestjs-mosec/onnx';
import { denoise } from '../diffusion/denoise.js';
import { GenerationEvent } from '../dto/generation-event.dto.js';
import { Generation } from '../dto/generation.dto.js';
import { modelFile } from '../models/model-file.js';
import { NoisePredictor } from '../models/noise-predictor.js';
import { PictureDecoder } from '../models/picture-decoder.js';
import type { Conditioning } from './conditioning.js';
import { bySizeAndSteps } from './group.js';
import { Painting } from './painting.js';

/** Embeddings in, pictures out; the requests of a batch go through the loop together. */
@SseStage({
  maxBatchSize: 4,
  codec: msgpack,
  event: GenerationEvent,
  output: Generation,
  imports: [
    OnnxModule.forFile(() => modelFile('unet/model.onnx'), { name: 'unet' }),
    OnnxModule.forFile(() => modelFile('vae_decoder/model.onnx'), { name: 'vae-decoder' }),
  ],
  providers: [NoisePredictor, PictureDecoder],
})
export class Generate implements BatchStreamStage<Conditioning, Generation | undefined, StreamEvent<GenerationEvent>> {
  constructor(
    private readonly unet: NoisePredictor,
    private readonly decoder: PictureDecoder,
    private readonly worker: WorkerContext,
  ) {}

  async forwardBatch(
    items: Conditioning[],
    calls: StreamCall<StreamEvent<GenerationEvent>>[],
  ): Promise<(Generation | Error | undefined)[]> {
    const paintings = items.map((item, i) => new Painting(item, calls[i] as StreamCall<StreamEvent<GenerationEvent>>));
    for (const group of bySizeAndSteps(paintings)) await this.paint(group);
    return Promise.all(paintings.map((painting) => this.finish(painting)));
  }

  private async paint(group: readonly Painting[]): Promise<void> {
    const { steps } = group[0]!.item;
    await denoise(group, steps, (latents, timestep, texts) => this.unet.predict(latents, timestep, texts));
  }

  private async finish(painting: Painting): Promise<Generation | Error | undefined> {
    if (painting.signal.aborted) {
      const { id, done, item } = painting;
      this.worker.logger.log(`the client of ${id} has left: stopped after ${done} of ${item.steps} steps`);
      return undefined;
    }
    try {
      return painting.finish(await this.decoder.decode(painting.latents));
    } catch (error) {
      return error as Error;
    }
  }
}
