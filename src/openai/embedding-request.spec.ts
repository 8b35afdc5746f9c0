import { describe, expect, it } from 'vitest';
import { MOST_INPUTS, readEmbeddingRequest } from './embedding-request.js';

const inputsOf = (input: unknown) => readEmbeddingRequest({ input }).inputs;

describe('when a request for embeddings is read', () => {
  it('should make a list of a text, of token ids, and of lists of either', () => {
    expect(inputsOf('a')).toEqual(['a']);
    expect(inputsOf([1, 2])).toEqual([[1, 2]]);
    expect(inputsOf(['a', 'b'])).toEqual(['a', 'b']);
    expect(inputsOf([[1], [2, 3]])).toEqual([[1], [2, 3]]);
    expect(inputsOf(['a', [2, 3]])).toEqual(['a', [2, 3]]);
  });

  it('should take null for what is left out', () => {
    const asked = readEmbeddingRequest({ input: 'a', encoding_format: null, dimensions: null, user: null });
    expect(asked).toEqual({ inputs: ['a'], format: 'float', dimensions: undefined });
  });

  it('should take as many inputs as OpenAI does, and any number of tokens', () => {
    expect(inputsOf(Array.from({ length: MOST_INPUTS }, () => 'a'))).toHaveLength(2048);
    expect(inputsOf(Array.from({ length: 5000 }, (_, i) => i))).toHaveLength(1);
    expect(() => inputsOf(Array.from({ length: MOST_INPUTS + 1 }, () => 'a'))).toThrow('has 2049 members');
  });

  it.each([
    [{}, 'input'],
    [{ input: null }, 'input'],
    [{ input: [1, 'a'] }, 'input'],
    [{ input: [1.5] }, 'input'],
    [{ input: [null] }, 'input[0]'],
    [{ input: [[1], [-1]] }, 'input[1]'],
    [{ input: 'a', encoding_format: 'FLOAT' }, 'encoding_format'],
    [{ input: 'a', dimensions: 1.5 }, 'dimensions'],
    [{ input: 'a', dimensions: '3' }, 'dimensions'],
    [{ input: 'a', user: 1 }, 'user'],
  ])('should refuse %j and name the member', (body, param) => {
    expect(() => readEmbeddingRequest(body)).toThrow(expect.objectContaining({ statusCode: 400, param }));
  });
});
