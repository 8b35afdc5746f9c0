import type { Rectangle } from '../image/rectangle.js';
import type { Raster } from '../image/raster.js';
import { blanks } from './ink-gaps.js';
import { inkMask, inkProfile } from './ink-profile.js';

/** Blank between words of half the line's size, as a share of the line's height. */
const WORD_GAP = 0.11;
/** Words lower than this share of the highest one are of another size. */
const SMALL = 0.66;
/** Anything lower is a comma or a dash, and goes with the word before it. */
const PUNCTUATION = 0.25;
/** Room around the ink of a run, as a share of its height. */
const MARGIN = 0.18;

/** Parts of a line whose words are of one size, from left to right; a single one if all are. */
export function sizeRuns(line: Raster): Rectangle[] {
  const mask = inkMask(line);
  const words = inkWords(mask, line);
  const highest = Math.max(0, ...words.map(({ height }) => height));
  const runs: Rectangle[] = [];
  let small: boolean | undefined;
  for (const word of words) {
    const last = runs.at(-1);
    const isSmall = word.height < PUNCTUATION * highest ? small : word.height < SMALL * highest;
    if (last && isSmall === small) runs[runs.length - 1] = around(last, word);
    else runs.push(word);
    small = isSmall;
  }
  return runs.map((run) => withMargin(run, line));
}

function inkWords(mask: Uint8Array, line: Raster): Rectangle[] {
  const profile = inkProfile(mask, line.width);
  const gaps = blanks(profile).filter(({ start, end }) => end - start >= WORD_GAP * line.height);
  const starts = [profile.indexOf(1), ...gaps.map(({ end }) => end)];
  const ends = [...gaps.map(({ start }) => start), profile.lastIndexOf(1) + 1];
  return starts.filter((start) => start >= 0).map((start, index) => inkBounds(mask, line, start, ends[index]!));
}

function inkBounds(mask: Uint8Array, { width, height }: Raster, start: number, end: number): Rectangle {
  const rows = Array.from({ length: height }, (_, y) => mask.subarray(y * width + start, y * width + end).includes(1));
  const top = rows.indexOf(true);
  return { x: start, y: top, width: end - start, height: rows.lastIndexOf(true) + 1 - top };
}

function around(a: Rectangle, b: Rectangle): Rectangle {
  const y = Math.min(a.y, b.y);
  return { x: a.x, y, width: b.x + b.width - a.x, height: Math.max(a.y + a.height, b.y + b.height) - y };
}

function withMargin(run: Rectangle, { width, height }: Raster): Rectangle {
  const margin = Math.round(run.height * MARGIN);
  const x = Math.max(0, run.x - margin);
  const y = Math.max(0, run.y - margin);
  return {
    x,
    y,
    width: Math.min(width, run.x + run.width + margin) - x,
    height: Math.min(height, run.y + run.height + margin) - y,
  };
}
