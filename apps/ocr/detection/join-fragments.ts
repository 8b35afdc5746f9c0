import { overlapX, overlapY, unite, type Rectangle } from '../image/rectangle.js';

/** Widest gap inside a line, as a share of its height; columns are further apart. */
const MAX_GAP = 0.75;
/** Share of the lower fragment's height that must lie beside the other one. */
const MIN_OVERLAP = 0.6;
/** Fragments of one line differ less than this in height. */
const MAX_HEIGHT_RATIO = 2.5;

/** Joins what a wide word gap has torn apart, until no two boxes belong to one line. */
export function joinFragments(boxes: readonly Rectangle[]): Rectangle[] {
  const lines: Rectangle[] = [];
  for (const box of [...boxes].sort((a, b) => a.x - b.x)) {
    const left = lines.findIndex((line) => belongTogether(line, box));
    if (left < 0) lines.push(box);
    else lines[left] = unite(lines[left]!, box);
  }
  return lines.length < boxes.length ? joinFragments(lines) : lines;
}

function belongTogether(a: Rectangle, b: Rectangle): boolean {
  const lower = Math.min(a.height, b.height);
  const higher = Math.max(a.height, b.height);
  return overlapX(a, b) > -MAX_GAP * lower && overlapY(a, b) > MIN_OVERLAP * lower && higher < MAX_HEIGHT_RATIO * lower;
}
