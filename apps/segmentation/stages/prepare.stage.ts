import { msgpack, Stage, type ItemStage, type NdArray } from 'nestjs-mosec';
import { SegmentRequest } from '../dto/segment-request.dto.js';
import { encoderInput } from '../image/encoder-input.js';
import { promptOf, type Prompt } from './prompt.js';

export interface Prepared {
  readonly pixels: NdArray<'float32'>;
  readonly prompt: Prompt;
}

/** Pixels and points in, both as the models take them out. */
@Stage({ replicas: 2, codec: msgpack, input: SegmentRequest })
export class Prepare implements ItemStage<SegmentRequest, Prepared> {
  readonly example: SegmentRequest = {
    image: { dtype: 'uint8', shape: [8, 8, 3], data: new Uint8Array(8 * 8 * 3) },
    points: { dtype: 'float32', shape: [1, 2], data: Float32Array.of(4, 4) },
  };

  async forward(request: SegmentRequest): Promise<Prepared> {
    const prompt = promptOf(request);
    return { pixels: await encoderInput(request.image.data, prompt.size), prompt };
  }
}
