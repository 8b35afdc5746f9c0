import type { LoadTarget } from '../load/run-load.js';
import { median } from '../statistics.js';
import { readStream } from './read-stream.js';
import type { RushFigures } from './summary.js';

export const RUSH_EVENTS = 10_000;
export const RUSH_PACES = ['burst', 'turn'] as const;
export type RushPace = (typeof RUSH_PACES)[number];

/** One client reads stream after stream for that time, but at least one. */
export async function rush(target: LoadTarget, pace: RushPace, seconds: number): Promise<RushFigures> {
  const rates: number[] = [];
  const firsts: number[] = [];
  const until = performance.now() + seconds * 1_000;
  do {
    const { events, durationMs, firstEventMs } = await readStream(target, { events: RUSH_EVENTS, pace });
    rates.push((events / (durationMs + firstEventMs)) * 1_000);
    firsts.push(firstEventMs);
  } while (performance.now() < until);
  return { eventsPerSecond: median(rates), firstEventMs: median(firsts) };
}
