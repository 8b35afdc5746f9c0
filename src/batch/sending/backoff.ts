const FIRST_MS = 250;
const LONGEST_MS = 10_000;
/** Refused lines come back one after the other, and not all at the same moment. */
const SPREAD = 0.25;

/**
 * Milliseconds until a line is sent again: as long as the server asks for, else twice as long each time.
 * @param failures in a row, from 1
 * @param random from 0 to 1
 */
export function backoffMs(failures: number, askedMs: number | undefined, longestMs: number, random: number): number {
  const own = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(failures - 1, Math.log2(LONGEST_MS / FIRST_MS)));
  const delay = askedMs === undefined ? own * (1 / 2 + random / 2) : askedMs * (1 + random * SPREAD);
  return Math.min(longestMs, delay);
}
