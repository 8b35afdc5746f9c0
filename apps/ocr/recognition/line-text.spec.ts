import { describe, expect, it } from 'vitest';
import type { Raster } from '../image/raster.js';
import type { StepScores } from './ctc-decode.js';
import { joinTexts, lineText } from './line-text.js';

const CHARSET = ['', 'a', 'b', ' '];
const STEP = 8;

/** Eight steps: an `a` at the first, a `b` at the last, and between them this probability of a space. */
function scores(space: number): StepScores {
  const data = new Float32Array(8 * 4);
  for (let step = 1; step < 7; step++) data.set([1 - space, 0, 0, space], step * 4);
  data.set([0.1, 0.9, 0, 0], 0);
  data.set([0.6, 0, 0.4, 0], 28);
  data.set([0.2, 0, 0.8, 0], 28);
  return { steps: 8, classes: 4, data };
}

/** Ink from the left to `left` and from `right` to the end. */
function view(left: number, right: number): Raster {
  const width = 8 * STEP;
  const data = new Uint8Array(width * 4 * 3).fill(255);
  for (let x = 0; x < width; x++) if (x < left || x >= right) data.fill(0, x * 3, x * 3 + 3);
  return { width, height: 4, data };
}

describe('when a line has been scored', () => {
  it('should put a space where recogniser and picture agree', () => {
    expect(lineText(scores(0.05), CHARSET, view(20, 44), 1 / 48).text).toBe('a b');
  });

  it('should put none where the letters are close', () => {
    expect(lineText(scores(0.005), CHARSET, view(31, 33), 1 / 48).text).toBe('ab');
  });

  it('should drop a space that neither really sees', () => {
    expect(lineText(scores(0.08), CHARSET, view(32, 32), 1 / 48).text).toBe('ab');
  });

  it('should tell the geometric mean and the weakest letter', () => {
    const read = lineText(scores(0), CHARSET, view(31, 33), 1 / 48);
    expect(read.confidence).toBeCloseTo(Math.sqrt(0.9 * 0.8));
    expect(read.weakest).toBeCloseTo(0.8);
  });
});

describe('when nothing is written', () => {
  it('should be an empty text of no confidence', () => {
    const blank = { steps: 1, classes: 4, data: new Float32Array([1, 0, 0, 0]) };
    expect(lineText(blank, CHARSET, view(0, 64), 1 / 48)).toEqual({ text: '', confidence: 0, weakest: 1 });
  });
});

describe('when a line was read in parts', () => {
  const part = (text: string, confidence: number) => ({ text, confidence, weakest: confidence });

  it('should join what is written, weighing each part by its length', () => {
    const whole = joinTexts([part('a', 0.5), part('', 0), part('bbb', 1)]);
    expect(whole).toEqual({ text: 'a bbb', confidence: expect.closeTo(0.5 ** 0.25) as number, weakest: 0.5 });
  });

  it('should be empty where no part has text', () => {
    expect(joinTexts([part('', 0)])).toMatchObject({ text: '', confidence: 0 });
  });
});
