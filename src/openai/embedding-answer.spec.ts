import { describe, expect, it } from 'vitest';
import { embeddingList } from './embedding-answer.js';

const answer = (embedding: unknown, format: 'float' | 'base64', dimensions?: number) =>
  embeddingList('m', [{ embedding, tokens: 2 }], { inputs: ['a'], format, dimensions }).data[0]?.embedding;

describe('when embeddings are answered', () => {
  it('should write the same floats of numbers and of a view as base64', () => {
    const bytes = Buffer.alloc(8);
    bytes.writeFloatLE(1.5, 0);
    bytes.writeFloatLE(-0.1, 4);
    const view = Float32Array.of(9, 1.5, -0.1, 9).subarray(1, 3);
    expect(answer([1.5, -0.1], 'base64')).toBe(bytes.toString('base64'));
    expect(answer(view, 'base64')).toBe(bytes.toString('base64'));
    expect(answer(view, 'float')).toEqual([1.5, Math.fround(-0.1)]);
  });

  it('should keep the first dimensions and bring them to length 1, also of nothing but zeros', () => {
    expect(answer([3, 4, 12], 'float', 2)).toEqual([0.6, 0.8]);
    expect(answer(Float32Array.of(0, 0, 1), 'float', 2)).toEqual([0, 0]);
    expect(answer([3, 4], 'float', 2)).toEqual([3, 4]);
    expect(() => answer([3, 4], 'float', 3)).toThrow('"dimensions" is 3, and this model gives 2');
  });

  it('should add up the tokens', () => {
    const results = [1, 20, 300].map((tokens) => ({ embedding: [tokens], tokens }));
    const list = embeddingList('m', results, { inputs: [], format: 'float' });
    expect(list.usage).toEqual({ prompt_tokens: 321, total_tokens: 321 });
    expect(list.data.map(({ index, embedding }) => [index, embedding])).toEqual([
      [0, [1]],
      [1, [20]],
      [2, [300]],
    ]);
  });

  it.each([undefined, [1], { embedding: 'a', tokens: 1 }, { embedding: [1] }, { embedding: [1], tokens: 0.5 }])(
    'should refuse %j of a pipeline',
    (result) => {
      expect(() => embeddingList('m', [result], { inputs: ['a'], format: 'float' })).toThrow(
        expect.objectContaining({ statusCode: 500, message: 'inference internal error' }),
      );
    },
  );
});
