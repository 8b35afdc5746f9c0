import type { Raster } from '../image/raster.js';
import { toAsciiForms } from './ascii-forms.js';
import { ctcDecode, type ReadCharacter, type StepScores } from './ctc-decode.js';
import { inkGaps } from './ink-gaps.js';
import { inkMask, inkProfile } from './ink-profile.js';
import { isSpace } from './space-recovery.js';

const SPACE = ' ';

/** One reading of a line. */
export interface LineText {
  readonly text: string;
  /** Geometric mean of the letters' probabilities, 0 to 1. */
  readonly confidence: number;
  /** Probability of the most doubtful letter. */
  readonly weakest: number;
}

/**
 * Text of a line from the recogniser's scores and the picture that it saw.
 * @param columnWidth width of one column of the picture, as a share of the line's height
 */
export function lineText(scores: StepScores, charset: readonly string[], view: Raster, columnWidth: number): LineText {
  const letters = ctcDecode(scores, charset).filter(({ text }) => text !== SPACE);
  const step = view.width / scores.steps;
  const positions = letters.map(({ firstStep, lastStep }) => ((firstStep + lastStep + 1) / 2) * step);
  const gaps = inkGaps(inkProfile(inkMask(view), view.width), positions);
  const text = letters.map((letter, index) => {
    const next = letters[index + 1];
    if (!next) return letter.text;
    const probability = spaceProbability(scores, charset.length - 1, letter, next);
    return isSpace({ probability, gap: gaps[index]! * columnWidth }) ? letter.text + SPACE : letter.text;
  });
  const probabilities = letters.map(({ confidence }) => confidence);
  return {
    text: toAsciiForms(text.join('')),
    confidence: geometricMean(probabilities),
    weakest: Math.min(1, ...probabilities),
  };
}

function spaceProbability(scores: StepScores, space: number, left: ReadCharacter, right: ReadCharacter): number {
  let highest = 0;
  for (let step = left.lastStep + 1; step < right.firstStep; step++) {
    highest = Math.max(highest, scores.data[step * scores.classes + space]!);
  }
  return highest;
}

/** One line from the readings of its parts, with a space between them. */
export function joinTexts(parts: readonly LineText[]): LineText {
  const written = parts.filter(({ text }) => text !== '');
  const logs = written.reduce((sum, { text, confidence }) => sum + text.length * Math.log(confidence), 0);
  const letters = written.reduce((sum, { text }) => sum + text.length, 0);
  return {
    text: written.map(({ text }) => text).join(SPACE),
    confidence: letters === 0 ? 0 : Math.exp(logs / letters),
    weakest: Math.min(1, ...written.map(({ weakest }) => weakest)),
  };
}

function geometricMean(values: readonly number[]): number {
  if (values.length === 0) return 0;
  return Math.exp(values.reduce((sum, value) => sum + Math.log(value), 0) / values.length);
}
