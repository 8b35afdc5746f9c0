import { Stage, type ItemStage } from 'nestjs-mosec';
import type { Tensors } from 'nestjs-mosec/onnx';
import { Classification } from '../dto/classification.dto.js';
import { Labels } from '../labels/labels.js';
import { topPredictions } from '../labels/top-predictions.js';

const TOP = 5;

/** Scores in, names out. */
@Stage({ providers: [Labels], output: Classification })
export class Label implements ItemStage<Tensors, Classification> {
  constructor(private readonly labels: Labels) {}

  forward({ logits }: Tensors): Classification {
    return { predictions: topPredictions(logits!.data as Float32Array, this.labels.all, TOP) };
  }
}
