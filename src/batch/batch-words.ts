import { time } from '../load-test/report/units.js';
import { type BatchTally } from './batch-tally.js';

const WHOLE = new Intl.NumberFormat('en');
const RATE = new Intl.NumberFormat('en', { maximumSignificantDigits: 3 });
/** Before that nothing can be said of the rest. */
const FIRST_MS = 1000;

export const count = (value: number): string => WHOLE.format(value);

const rateOf = ({ lines, earlier }: BatchTally, elapsedMs: number): number =>
  elapsedMs > 0 ? ((lines - earlier) * 1000) / elapsedMs : 0;

/**
 * One line for how far a run is.
 * @param elapsedMs since this run began
 * @param totalBytes of the input, if they are known
 */
export function batchProgress(tally: BatchTally, elapsedMs: number, totalBytes: number | undefined): string {
  const { lines, failed, active, inputBytes, earlierBytes } = tally;
  const parts = [`${count(failed)} failed`, `${RATE.format(rateOf(tally, elapsedMs))}/s`, `${active} on their way`];
  if (totalBytes === undefined) return `${count(lines)} lines, ${parts.join(', ')}`;
  const part = totalBytes > 0 ? Math.min(1, inputBytes / totalBytes) : 1;
  const done = inputBytes - earlierBytes;
  if (done > 0 && elapsedMs >= FIRST_MS) parts.push(`${time(((totalBytes - inputBytes) * elapsedMs) / done)} left`);
  return `${(part * 100).toFixed(1)} %  ${count(lines)} lines, ${parts.join(', ')}`;
}

/** What a run came to. */
export function batchSummary(tally: BatchTally, elapsedMs: number): string {
  const { lines, earlier, failed } = tally;
  const before = earlier > 0 ? ` (${count(earlier)} of them by an earlier run)` : '';
  const speed = `${time(elapsedMs)}, ${RATE.format(rateOf(tally, elapsedMs))}/s`;
  return `${count(lines)} lines${before}, ${count(failed)} failed; ${speed}`;
}
