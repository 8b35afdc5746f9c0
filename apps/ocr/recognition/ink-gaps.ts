/**
 * Widest blank between each letter and the next, in columns; 0 where the letters touch.
 * @param profile for each column 1 if there is ink
 * @param positions column where each letter stands, ascending
 */
export function inkGaps(profile: Uint8Array, positions: readonly number[]): number[] {
  const widest = new Array<number>(Math.max(0, positions.length - 1)).fill(0);
  for (const { start, end } of blanks(profile)) {
    const pair = bestOverlap(positions, start, end);
    if (pair >= 0) widest[pair] = Math.max(widest[pair]!, end - start);
  }
  return widest;
}

/** Columns from `start` up to but not including `end`. */
export interface ColumnRange {
  readonly start: number;
  readonly end: number;
}

/** Runs of blank columns between the first ink and the last. */
export function blanks(profile: Uint8Array): ColumnRange[] {
  const runs: ColumnRange[] = [];
  let ink = -1;
  profile.forEach((value, column) => {
    if (!value) return;
    if (ink >= 0 && column > ink + 1) runs.push({ start: ink + 1, end: column });
    ink = column;
  });
  return runs;
}

/** Positions are only good to half a letter, so a blank belongs to the pair that it lies between for the most part. */
function bestOverlap(positions: readonly number[], start: number, end: number): number {
  let best = -1;
  let longest = 0;
  for (let pair = 0; pair + 1 < positions.length; pair++) {
    const overlap = Math.min(end, positions[pair + 1]!) - Math.max(start, positions[pair]!);
    if (overlap > longest) [best, longest] = [pair, overlap];
  }
  return best;
}
