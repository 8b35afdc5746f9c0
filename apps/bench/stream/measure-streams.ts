import { setTimeout as sleep } from 'node:timers/promises';
import type { Children } from '../processes/children.js';
import { startServer } from '../server/start-server.js';
import { childrenOf } from '../processes/process-tree.js';
import { viewProcess } from '../soak/process-view.js';
import { median, percentile } from '../statistics.js';
import { readStream } from './read-stream.js';

const EVENTS = 10_000;
/** Streams of one client before those that count, and of each pace. */
const WARM_UP_STREAMS = 20;
const STREAMS = 20;
const CLIENTS = 200;
const EVERY_MS = 20;
/** Memory settles in the first half. */
const PACED_SECONDS = 20;
/** Clients begin one after the other, as they would. */
const STAGGER_MS = EVERY_MS / CLIENTS;

/** One client that takes 10 000 events as fast as they come. */
export interface RushSummary {
  readonly pace: 'burst' | 'turn';
  readonly eventsPerSecond: number;
  readonly firstEventMs: number;
}

/** Many clients with 50 events a second each. */
export interface PacedSummary {
  readonly clients: number;
  readonly everyMs: number;
  /** How much a gap between two events differs from what it should be: half of them less, 99 % of them less. */
  readonly p50ErrorMs: number;
  readonly p99ErrorMs: number;
  /** Resident memory of the server and its workers in the middle and at the end. */
  readonly rssBytes: readonly [number, number];
}

export interface StreamsSummary {
  readonly rush: readonly RushSummary[];
  readonly paced: PacedSummary;
}

/** Of this package alone. */
export async function measureStreams(children: Children, progress: (text: string) => void): Promise<StreamsSummary> {
  const server = await startServer(children, { pipelines: ['stream'] });
  try {
    progress(`streams: one client, ${EVENTS} events`);
    const rush = [await measureRush(server.port, 'burst'), await measureRush(server.port, 'turn')];
    progress(`streams: ${CLIENTS} clients, one event every ${EVERY_MS} ms, ${PACED_SECONDS} s`);
    return { rush, paced: await measurePaced(server) };
  } finally {
    await server.stop();
  }
}

async function measureRush(port: number, pace: 'burst' | 'turn'): Promise<RushSummary> {
  const rates: number[] = [];
  const firsts: number[] = [];
  for (let i = 0; i < WARM_UP_STREAMS + STREAMS; i++) {
    const { events, durationMs, firstEventMs } = await readStream(port, { events: EVENTS, pace });
    if (i < WARM_UP_STREAMS) continue;
    rates.push((events / (durationMs + firstEventMs)) * 1_000);
    firsts.push(firstEventMs);
  }
  return { pace, eventsPerSecond: median(rates), firstEventMs: median(firsts) };
}

async function measurePaced({ port, pid }: { readonly port: number; readonly pid: number }): Promise<PacedSummary> {
  const errors: number[] = [];
  const events = (PACED_SECONDS * 1_000) / EVERY_MS;
  const streams: Promise<unknown>[] = [];
  for (let i = 0; i < CLIENTS; i++) {
    let lastAt = 0;
    const arrived = (at: number): void => {
      if (lastAt > 0) errors.push(Math.abs(at - lastAt - EVERY_MS));
      lastAt = at;
    };
    streams.push(readStream(port, { events, pace: EVERY_MS }, arrived));
    if (i % Math.ceil(1 / STAGGER_MS) === 0) await sleep(1);
  }
  await sleep((PACED_SECONDS * 1_000) / 2);
  const middle = rssOf(pid);
  await sleep((PACED_SECONDS * 1_000) / 2 - 1_000);
  const end = rssOf(pid);
  await Promise.all(streams);
  const sorted = errors.toSorted((a, b) => a - b);
  return {
    clients: CLIENTS,
    everyMs: EVERY_MS,
    p50ErrorMs: percentile(sorted, 0.5),
    p99ErrorMs: percentile(sorted, 0.99),
    rssBytes: [middle, end],
  };
}

function rssOf(pid: number): number {
  return [pid, ...childrenOf(pid)].reduce((sum, one) => sum + viewProcess(one).rssBytes, 0);
}
