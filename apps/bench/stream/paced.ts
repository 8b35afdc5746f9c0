import { setTimeout as sleep } from 'node:timers/promises';
import type { LoadTarget } from '../load/run-load.js';
import { memoryOf, treeOf } from '../processes/process-tree.js';
import { percentile } from '../statistics.js';
import { readStream } from './read-stream.js';
import type { PacedFigures } from './summary.js';

/** As many as `server.py` takes into a batch. */
export const CLIENTS = 200;
export const EVERY_MS = 20;
/** Clients begin one after the other, as they would: so many each millisecond. */
const BEGIN_TOGETHER = CLIENTS / EVERY_MS;
/** Of the time, when memory is read: it settles in the first half. */
const MIDDLE = 0.5;
const END = 0.9;

/** Many clients with 50 events a second each. */
export async function paced(target: LoadTarget, seconds: number): Promise<PacedFigures> {
  const errors: number[] = [];
  const ends = Promise.all(await beginAll(target, Math.ceil((seconds * 1_000) / EVERY_MS), errors));
  // A stream that fails in the meantime ends all of this.
  const wait = (part: number): Promise<unknown> => Promise.race([sleep(part * seconds * 1_000), ends]);
  await wait(MIDDLE);
  const middle = memoryOf(treeOf(target.pid));
  await wait(END - MIDDLE);
  const end = memoryOf(treeOf(target.pid));
  await ends;
  const sorted = Float64Array.from(errors).sort();
  return {
    p50ErrorMs: percentile(sorted, 0.5),
    p99ErrorMs: percentile(sorted, 0.99),
    middleBytes: middle.bytes,
    endBytes: end.bytes,
    memoryKind: end.kind,
  };
}

async function beginAll(target: LoadTarget, events: number, errors: number[]): Promise<Promise<unknown>[]> {
  const streams: Promise<unknown>[] = [];
  for (let client = 0; client < CLIENTS; client++) {
    let lastAt = 0;
    const arrived = (at: number): void => {
      if (lastAt > 0) errors.push(Math.abs(at - lastAt - EVERY_MS));
      lastAt = at;
    };
    const stream = readStream(target, { events, pace: EVERY_MS }, arrived);
    // Awaited when all have begun; until then a failure is not unhandled.
    stream.catch(() => undefined);
    streams.push(stream);
    if (client % BEGIN_TOGETHER === 0) await sleep(1);
  }
  return streams;
}
