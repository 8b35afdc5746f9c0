import { describe, expect, it } from 'vitest';
import { CONTEXT, fitContext } from './token-ids.js';

const [BEGIN, END] = [1, 2];

describe('when tokens are fitted into the context of the encoder', () => {
  it('should fill up a short text', () => {
    const ids = fitContext([BEGIN, 7, END], 0);
    expect(ids).toHaveLength(CONTEXT);
    expect(ids.slice(0, 5)).toEqual([BEGIN, 7, END, 0, 0]);
  });

  it('should cut off a long text, and keep its end token', () => {
    const words = Array.from({ length: 100 }, (_, i) => i + 10);
    expect(fitContext([BEGIN, ...words, END], 0)).toEqual([BEGIN, ...words.slice(0, 75), END]);
  });

  it('should leave a text alone that fits exactly', () => {
    const ids = [BEGIN, ...new Array<number>(75).fill(9), END];
    expect(fitContext(ids, 0)).toEqual(ids);
  });
});
