import { describe, expect, it } from 'vitest';
import { topPredictions } from './top-predictions.js';

describe('when scores become predictions', () => {
  it('should give the likeliest first, with their share of all', () => {
    const logits = Float32Array.from([0.1, 0.6, 0.3].map(Math.log));
    expect(topPredictions(logits, ['a', 'b', 'c'], 2)).toEqual([
      { label: 'b', score: 0.6 },
      { label: 'c', score: 0.3 },
    ]);
  });

  it('should bear scores whose exponential no number can hold', () => {
    expect(topPredictions(Float32Array.of(5000, -5000), ['a', 'b'], 1)).toEqual([{ label: 'a', score: 1 }]);
  });

  it('should refuse labels of another model', () => {
    expect(() => topPredictions(Float32Array.of(1, 2), ['a'], 1)).toThrow(
      'the model has 2 classes and config.json 1 labels',
    );
  });
});
