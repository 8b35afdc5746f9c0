import type { NdArray } from 'nestjs-mosec';

/** Scores of a square, above 0 where the thing is. */
export interface LowMask {
  readonly side: number;
  readonly logits: Float32Array;
  readonly score: number;
}

/**
 * The mask that the model thinks fits best: it proposes several, from a part to the whole.
 * @param masks `[1, 1, proposals, side, side]`
 * @param scores `[1, 1, proposals]`
 */
export function bestMask(masks: NdArray, scores: NdArray): LowMask {
  const side = masks.shape.at(-1)!;
  const values = scores.data as Float32Array;
  const best = values.indexOf(values.reduce((a, b) => Math.max(a, b), -Infinity));
  const area = side * side;
  return { side, logits: (masks.data as Float32Array).subarray(best * area, (best + 1) * area), score: values[best]! };
}
