import { slope } from './slope.js';
import type { Moment, SoakRun } from './soak-run.js';

const MB = 1_000_000;
/** Part of the time in which memory and descriptors still find their level. */
const SETTLING = 0.25;

/** Where a run stands, in one line. */
export function formatProgress(run: SoakRun): string {
  const last = run.moments.at(-1);
  const memory = last ? `${(last.rssBytes / MB).toFixed(0)} MB, ${last.descriptors} descriptors` : '';
  return `${run.minutes.toFixed(1)} min: ${run.requests} requests, ${run.kills} workers killed, gateway ${memory}`;
}

/** What a run has shown. @param restarts of workers, as the server's log has them */
export function formatSoak(run: SoakRun, restarts: number): string {
  const outcomes = [...run.outcomes].sort(([a], [b]) => a.localeCompare(b));
  const late = run.moments.slice(Math.floor(run.moments.length * SETTLING));
  const of = (figure: (moment: Moment) => number): number[] => late.map(figure);
  const times = of(({ minutes }) => minutes);
  const rss = of(({ rssBytes }) => rssBytes / MB);
  const descriptors = of((moment) => moment.descriptors);
  const range = (list: readonly number[]): string =>
    `${Math.min(...list).toFixed(0)} to ${Math.max(...list).toFixed(0)}`;
  return [
    formatProgress(run),
    `answers: ${outcomes.map(([outcome, count]) => `${outcome}: ${count}`).join(', ')}`,
    `workers killed: ${run.kills}, ended: ${restarts}`,
    `gateway memory: ${range(rss)} MB, slope ${slope(times, rss).toFixed(2)} MB per minute`,
    `gateway descriptors: ${range(descriptors)}, slope ${slope(times, descriptors).toFixed(2)} per minute`,
  ].join('\n');
}
