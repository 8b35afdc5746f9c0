import { ratioOf, type Ratio } from '../measure/ratio.js';
import type { Turn } from '../measure/turns.js';
import { median } from '../statistics.js';

/** One client that takes events as fast as they come. */
export interface RushFigures {
  readonly eventsPerSecond: number;
  readonly firstEventMs: number;
}

/** Many clients with an event every so often. */
export interface PacedFigures {
  /** How much a gap between two events differs from what it should be: half of them less, 99 % of them less. */
  readonly p50ErrorMs: number;
  readonly p99ErrorMs: number;
  /** Memory of the server and its workers in the middle and at the end. */
  readonly middleBytes: number;
  readonly endBytes: number;
  readonly memoryKind: string;
}

/** Of the same index: of the same round. None of the peer where there is nothing to compare with. */
export type Samples<T> = Readonly<Record<Turn, T[]>>;

/** Medians over the rounds; the ratio is ours divided by the peer's. */
export interface Compared<T, R extends string> {
  readonly ours: T;
  readonly peer?: T;
  readonly ratios?: Readonly<Record<R, Ratio>>;
}

export type RushSummary = Compared<RushFigures, 'rate' | 'firstEvent'>;
export type PacedSummary = Compared<PacedFigures, 'p50Error' | 'p99Error' | 'memory'>;

export function summariseRush({ ours, peer }: Samples<RushFigures>): RushSummary {
  if (peer.length === 0) return { ours: rushOf(ours) };
  const ratios = {
    rate: ratioOf(ours, peer, ({ eventsPerSecond }) => eventsPerSecond),
    firstEvent: ratioOf(ours, peer, ({ firstEventMs }) => firstEventMs),
  };
  return { ours: rushOf(ours), peer: rushOf(peer), ratios };
}

export function summarisePaced({ ours, peer }: Samples<PacedFigures>): PacedSummary {
  if (peer.length === 0) return { ours: pacedOf(ours) };
  const ratios = {
    p50Error: ratioOf(ours, peer, ({ p50ErrorMs }) => p50ErrorMs),
    p99Error: ratioOf(ours, peer, ({ p99ErrorMs }) => p99ErrorMs),
    memory: ratioOf(ours, peer, ({ endBytes }) => endBytes),
  };
  return { ours: pacedOf(ours), peer: pacedOf(peer), ratios };
}

function rushOf(samples: readonly RushFigures[]): RushFigures {
  return {
    eventsPerSecond: median(samples.map(({ eventsPerSecond }) => eventsPerSecond)),
    firstEventMs: median(samples.map(({ firstEventMs }) => firstEventMs)),
  };
}

function pacedOf(samples: readonly PacedFigures[]): PacedFigures {
  return {
    p50ErrorMs: median(samples.map(({ p50ErrorMs }) => p50ErrorMs)),
    p99ErrorMs: median(samples.map(({ p99ErrorMs }) => p99ErrorMs)),
    middleBytes: median(samples.map(({ middleBytes }) => middleBytes)),
    endBytes: median(samples.map(({ endBytes }) => endBytes)),
    memoryKind: samples[0]?.memoryKind ?? '',
  };
}
