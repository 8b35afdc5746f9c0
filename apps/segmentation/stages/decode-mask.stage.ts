import { msgpack, Stage, type ItemStage, type NdArray } from 'nestjs-mosec';
import { OnnxModule, OnnxSession, stack } from 'nestjs-mosec/onnx';
import { Segmentation } from '../dto/segmentation.dto.js';
import { bestMask } from '../mask/best-mask.js';
import { enlargeMask } from '../mask/enlarge-mask.js';
import { modelFile } from '../models/model-file.js';
import type { Encoded } from './encode-image.stage.js';
import type { Prompt } from './prompt.js';

/** What is to be seen where, and points, in; the mask of the thing at the points out. */
@Stage({
  codec: msgpack,
  output: Segmentation,
  imports: [OnnxModule.forFile(() => modelFile('onnx/prompt_encoder_mask_decoder.onnx'))],
})
export class DecodeMask implements ItemStage<Encoded, Segmentation> {
  constructor(private readonly decoder: OnnxSession) {}

  async forward({ embeddings, positions, prompt }: Encoded): Promise<Segmentation> {
    const { pred_masks, iou_scores } = await this.decoder.run(
      {
        ...tensors(prompt),
        image_embeddings: stack([embeddings]),
        image_positional_embeddings: stack([positions]),
      },
      ['pred_masks', 'iou_scores'],
    );
    const best = bestMask(pred_masks, iou_scores);
    const { width, height } = prompt.size;
    return {
      mask: { dtype: 'bool', shape: [height, width], data: enlargeMask(best, prompt.size) },
      score: best.score,
    };
  }
}

/** One picture with one thing. */
function tensors({ points, labels }: Prompt): Record<'input_points' | 'input_labels', NdArray> {
  return {
    input_points: { dtype: 'float32', shape: [1, 1, labels.length, 2], data: Float32Array.from(points) },
    input_labels: { dtype: 'int64', shape: [1, 1, labels.length], data: BigInt64Array.from(labels, BigInt) },
  };
}
