import { pick } from './random.js';
import type { Vocabulary } from './vocabulary.js';

/** A line of made-up text and how it is to be set. */
export interface SyntheticLine {
  readonly text: string;
  readonly font: string;
  readonly bold: boolean;
  readonly italic: boolean;
  /** In pixels. */
  readonly size: number;
  readonly letterSpacing: number;
  readonly colour: string;
  readonly background: string;
  /** Index of a word set at twice the size, or -1. */
  readonly doubleWord: number;
}

const COLOURS = [
  ['#000000', '#ffffff'],
  ['#000000', '#ffffff'],
  ['#222222', '#f4ecd8'],
  ['#1a3c8c', '#ffffff'],
  ['#b01020', '#fff8dc'],
  ['#ffffff', '#202020'],
  ['#ffe680', '#203864'],
  ['#666666', '#ffffff'],
  ['#0a5c2a', '#d8f0d8'],
] as const;

const SIZES = [14, 16, 18, 20, 22, 24, 28, 32, 40];
const SPACINGS = [0, 0, 0, 0, 0, 0.04, 0.1, -0.02];

export function drawLine(random: () => number, vocabulary: Vocabulary): SyntheticLine {
  const [colour, background] = pick(random, COLOURS);
  const size = pick(random, SIZES);
  const text = drawText(random, vocabulary, Math.min(9, Math.floor(760 / (size * 3.6))));
  const words = text.split(' ').length;
  return {
    text,
    font: pick(random, vocabulary.fonts),
    bold: random() < 0.25,
    italic: random() < 0.12,
    size,
    letterSpacing: size * pick(random, SPACINGS),
    colour,
    background,
    doubleWord: words > 1 && size <= 24 && random() < 0.1 ? Math.floor(random() * words) : -1,
  };
}

function drawText(random: () => number, { words, tokens }: Vocabulary, longest: number): string {
  const count = Math.max(1, Math.round((0.25 + 0.75 * random()) * longest));
  const style = random();
  const line = Array.from({ length: count }, () => {
    if (random() < 0.22) return pick(random, tokens);
    const word = pick(random, words);
    if (style < 0.12) return word.toUpperCase();
    return style < 0.3 ? word[0]!.toUpperCase() + word.slice(1) : word;
  });
  return line.join(' ');
}
