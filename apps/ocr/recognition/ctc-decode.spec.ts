import { describe, expect, it } from 'vitest';
import { ctcDecode, type StepScores } from './ctc-decode.js';

const CHARSET = ['', 'a', 'b', ' '];

/** One class per step; every winner has the probability given, 0.9 by default. */
function scores(winners: number[], probabilities: number[] = []): StepScores {
  const data = new Float32Array(winners.length * CHARSET.length);
  winners.forEach((winner, step) => (data[step * CHARSET.length + winner] = probabilities[step] ?? 0.9));
  return { steps: winners.length, classes: CHARSET.length, data };
}

const text = (winners: number[]): string =>
  ctcDecode(scores(winners), CHARSET)
    .map((character) => character.text)
    .join('');

describe('when steps are decoded', () => {
  it('should drop blanks and keep spaces', () => {
    expect(text([0, 1, 0, 3, 2, 0])).toBe('a b');
  });

  it('should merge repeats but not letters with a blank between them', () => {
    expect(text([1, 1, 0, 1, 2, 2])).toBe('aab');
  });

  it('should be empty where nothing is written', () => {
    expect(text([0, 0, 0])).toBe('');
  });

  it('should tell where a letter stands and its best probability', () => {
    expect(ctcDecode(scores([0, 2, 2, 2], [0.9, 0.5, 0.75, 0.6]), CHARSET)).toEqual([
      { text: 'b', confidence: 0.75, firstStep: 1, lastStep: 3 },
    ]);
  });
});
