import { ratioOf, type Ratio } from '../measure/ratio.js';
import { median } from '../statistics.js';
import type { BullMqFigures } from './bull-mq.js';
import { figuresOf, type RemoteSample } from './figures.js';
import { LOADS, PLACES, type LoadName, type Place } from './loads.js';

/** What is aimed at, on two cores that everything shares. */
export const GOALS = { addedP50Ms: 3, itemsPerSecond: 6_000 } as const;

/** Of the same index: of the same round. */
export type LoadSamples = Readonly<Record<Place, readonly RemoteSample[]>>;

export interface RemoteSamples {
  readonly bullMq: readonly BullMqFigures[];
  readonly loads: Readonly<Record<LoadName, LoadSamples>>;
}

/** Medians over the rounds. */
export interface RemoteLoadSummary extends Readonly<Record<Place, RemoteSample>> {
  /** False when there were errors: then nothing here is a result. */
  readonly valid: boolean;
  /** Items per second, remote divided by local. */
  readonly rate: Ratio;
}

export interface RemoteSummary {
  readonly hosts: number;
  readonly bullMq: BullMqFigures;
  readonly loads: Readonly<Record<LoadName, RemoteLoadSummary>>;
  /** Milliseconds that the remote hop adds to the p50 of one connection. */
  readonly addedMs: Ratio;
  /** That, divided by the round trip of BullMQ alone. */
  readonly addedOverBullMq: Ratio;
  /** Items per second from within the gateway, divided by jobs per second of BullMQ alone. */
  readonly rateOverBullMq: Ratio;
  readonly reachesLatency: boolean;
  readonly reachesRate: boolean;
}

export function summariseRemote(hosts: number, { bullMq, loads }: RemoteSamples): RemoteSummary {
  const { alone, inside } = loads;
  const summaries = Object.fromEntries(LOADS.map((load) => [load, summariseLoad(loads[load])])) as Record<
    LoadName,
    RemoteLoadSummary
  >;
  const added = alone.remote.map(({ p50Ms }, round) => p50Ms - (alone.local[round]?.p50Ms ?? NaN));
  const addedMs = { median: median(added), least: Math.min(...added), most: Math.max(...added) };
  const overBullMq = (ours: readonly number[], figure: keyof BullMqFigures): Ratio =>
    ratioOf(
      ours,
      bullMq.map((figures) => figures[figure]),
      Number,
    );
  return {
    hosts,
    bullMq: {
      p50Ms: median(bullMq.map(({ p50Ms }) => p50Ms)),
      p99Ms: median(bullMq.map(({ p99Ms }) => p99Ms)),
      jobsPerSecond: median(bullMq.map(({ jobsPerSecond }) => jobsPerSecond)),
    },
    loads: summaries,
    addedMs,
    addedOverBullMq: overBullMq(added, 'p50Ms'),
    rateOverBullMq: overBullMq(
      inside.remote.map(({ itemsPerSecond }) => itemsPerSecond),
      'jobsPerSecond',
    ),
    reachesLatency: summaries.alone.valid && addedMs.median <= GOALS.addedP50Ms,
    reachesRate: summaries.inside.valid && summaries.inside.remote.itemsPerSecond >= GOALS.itemsPerSecond,
  };
}

function summariseLoad(samples: LoadSamples): RemoteLoadSummary {
  const [local, remote] = [figuresOf(samples.local), figuresOf(samples.remote)];
  const valid = PLACES.every((place) => samples[place].every(({ errors }) => Object.keys(errors).length === 0));
  return { local, remote, valid, rate: ratioOf(samples.remote, samples.local, ({ itemsPerSecond }) => itemsPerSecond) };
}
