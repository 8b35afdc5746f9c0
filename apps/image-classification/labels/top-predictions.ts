import type { Prediction } from '../dto/classification.dto.js';

const DIGITS = 4;

/** Softmax of the scores of a model; the `count` likeliest classes, likeliest first. */
export function topPredictions(logits: Float32Array, labels: readonly string[], count: number): Prediction[] {
  if (logits.length !== labels.length) {
    throw new Error(
      `the model has ${logits.length} classes and config.json ${labels.length} labels: take both from one model`,
    );
  }
  const highest = logits.reduce((a, b) => Math.max(a, b), -Infinity);
  const weights = logits.map((logit) => Math.exp(logit - highest));
  const total = weights.reduce((a, b) => a + b, 0);
  return Array.from(weights, (weight, index) => ({ label: labels[index]!, score: weight / total }))
    .sort((a, b) => b.score - a.score)
    .slice(0, count)
    .map(({ label, score }) => ({ label, score: Number(score.toFixed(DIGITS)) }));
}
