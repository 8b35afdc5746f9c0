import { Stage, type BatchStage, type NdArray } from 'nestjs-mosec';
import { OnnxModule, OnnxSession, split, stack } from 'nestjs-mosec/onnx';
import { modelFile } from '../models/model-file.js';
import type { Prepared } from './prepare.stage.js';
import type { Prompt } from './prompt.js';

export interface Encoded {
  readonly embeddings: NdArray;
  readonly positions: NdArray;
  readonly prompt: Prompt;
}

/** Pixels in, what is to be seen where out: the slow half of the model. */
@Stage({ maxBatchSize: 4, imports: [OnnxModule.forFile(() => modelFile('onnx/vision_encoder.onnx'))] })
export class EncodeImage implements BatchStage<Prepared, Encoded> {
  constructor(private readonly encoder: OnnxSession) {}

  async forwardBatch(items: Prepared[]): Promise<Encoded[]> {
    const outputs = await this.encoder.run({ pixel_values: stack(items.map(({ pixels }) => pixels)) }, [
      'image_embeddings',
      'image_positional_embeddings',
    ]);
    const embeddings = split(outputs.image_embeddings);
    // The same for all pictures.
    const positions = split(outputs.image_positional_embeddings)[0]!;
    return items.map(({ prompt }, i) => ({ embeddings: embeddings[i]!, positions, prompt }));
  }
}
