import { Stage, text, type ItemStage } from 'nestjs-mosec';
import type { Tensors } from 'nestjs-mosec/onnx';

/** In the order of the model's outputs. */
const LABELS = ['NEGATIVE', 'POSITIVE'];

/** So little work that a process of its own would cost more than it does. */
@Stage({ execution: 'inline', codec: text })
export class Label implements ItemStage<Tensors, string> {
  forward({ logits }: Tensors): string {
    const scores = softmax(Array.from(logits!.data as Float32Array));
    const best = scores.indexOf(Math.max(...scores));
    return `${LABELS[best]} ${scores[best]!.toFixed(4)}`;
  }
}

function softmax(logits: readonly number[]): number[] {
  const largest = Math.max(...logits);
  const powers = logits.map((logit) => Math.exp(logit - largest));
  const sum = powers.reduce((a, b) => a + b);
  return powers.map((power) => power / sum);
}
