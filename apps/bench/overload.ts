import type { Load } from './cells/cell.js';
import type { BenchOptions } from './options.js';
import { runOpenLoop, type OpenSample } from './load/open-loop.js';
import { requestHead } from './load/exchange.js';
import { runLoad } from './load/run-load.js';
import type { Children } from './processes/children.js';
import { startServer, type BenchServer } from './server/start-server.js';
import { median, percentile } from './statistics.js';

/** Both admit what can be answered within a second; `bounded` only what would wait for at most 50 ms. */
const PATHS = ['overload', 'bounded'] as const;
const OVERLOAD_FACTOR = 3;
const CLIENTS = 8;
/** A queue of a second takes its time to fill. */
const RUN_IN_SECONDS = 2;
/** The stage is slow: what is measured for a second elsewhere takes longer here. */
const SECONDS_FACTOR = 5;
const BODY = Buffer.alloc(20, 'mosec');

/** What one path does under three times the load that it can take; medians over the rounds. */
export interface OverloadSummary {
  readonly path: string;
  /** Answers per second in a closed loop. */
  readonly peak: number;
  /** Answers with status 200 per second under overload, as part of the peak. */
  readonly goodput: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Part of the accepted requests that were answered 408. */
  readonly expired: number;
  /** Part of all requests that were refused with 429. */
  readonly refused: number;
  /** Requests without an answer, or with another one than these, over all rounds. */
  readonly lost: number;
}

type Round = Omit<OverloadSummary, 'path'>;

export async function measureOverload(
  children: Children,
  { rounds, seconds, sharedMemory }: BenchOptions,
  progress: (text: string) => void,
): Promise<OverloadSummary[]> {
  const server = await startServer(children, { pipelines: PATHS, sharedMemory });
  const measured = new Map<string, Round[]>(PATHS.map((path) => [path, []]));
  for (let round = 1; round <= rounds; round++) {
    progress(`round ${round} of ${rounds}: three times the load that a stage of 10 ms can take`);
    const closed = { connections: CLIENTS, bodyBytes: BODY.length };
    const peak = await peakOf(server, closed, seconds * SECONDS_FACTOR);
    for (const path of PATHS) {
      measured.get(path)?.push(await measureRound(server.port, path, peak, seconds * SECONDS_FACTOR));
    }
  }
  await server.stop();
  return [...measured].map(([path, all]) => summarise(path, all));
}

async function peakOf(server: BenchServer, load: Load, seconds: number): Promise<number> {
  const { requestsPerSecond, errors } = await runLoad({ ...server, path: `/${PATHS[0]}` }, load, seconds);
  if (errors.size > 0) throw new Error(`the stage of 10 ms failed without overload: ${[...errors.keys()].join(', ')}`);
  return requestsPerSecond;
}

async function measureRound(port: number, path: string, peak: number, seconds: number): Promise<Round> {
  const request = Buffer.concat([Buffer.from(requestHead(`/${path}`, BODY.length)), BODY]);
  const sample = await runOpenLoop(
    port,
    { requestsPerSecond: peak * OVERLOAD_FACTOR, request },
    RUN_IN_SECONDS,
    seconds,
  );
  return { peak, ...describe(sample, peak) };
}

function describe({ statuses, lost, latenciesMs, seconds }: OpenSample, peak: number): Omit<Round, 'peak'> {
  const count = (status: number): number => statuses.get(status) ?? 0;
  const all = [...statuses.values()].reduce((sum, n) => sum + n, lost);
  const accepted = all - count(429);
  return {
    goodput: count(200) / seconds / peak,
    p50Ms: percentile(latenciesMs, 0.5),
    p99Ms: percentile(latenciesMs, 0.99),
    expired: count(408) / accepted,
    refused: count(429) / all,
    lost: accepted - count(200) - count(408),
  };
}

function summarise(path: string, rounds: readonly Round[]): OverloadSummary {
  const middle = (figure: keyof Round): number => median(rounds.map((round) => round[figure]));
  return {
    path,
    peak: middle('peak'),
    goodput: middle('goodput'),
    p50Ms: middle('p50Ms'),
    p99Ms: middle('p99Ms'),
    expired: middle('expired'),
    refused: middle('refused'),
    lost: rounds.reduce((sum, round) => sum + round.lost, 0),
  };
}
