import { LOADED_WARM_UP_SECONDS } from '../cells/schedule.js';
import type { LoadTarget } from '../load/run-load.js';
import type { Contenders, StartContenders } from '../measure/contenders.js';
import { turnsOf, type Turn } from '../measure/turns.js';
import type { BenchOptions } from '../options.js';
import { CLIENTS, EVERY_MS, paced } from './paced.js';
import { rush, RUSH_EVENTS, RUSH_PACES, type RushPace } from './rush.js';
import {
  summarisePaced,
  summariseRush,
  type PacedFigures,
  type PacedSummary,
  type RushFigures,
  type RushSummary,
  type Samples,
} from './summary.js';

/** What is measured for a second elsewhere takes longer here: memory has to settle. */
const PACED_FACTOR = 10;
/** Mosec cuts a stream at its timeout, which is 60 s, and may be late. */
const LONGEST_PACED_SECONDS = 30;

export interface StreamsSummary {
  readonly clients: number;
  readonly everyMs: number;
  readonly rushEvents: number;
  readonly rush: Readonly<Record<RushPace, RushSummary>>;
  readonly paced: PacedSummary;
}

/** A function to be run on each contender that takes part; those of a round one after the other. */
type InTurn = <T>(
  turns: readonly Turn[],
  samples: Samples<T>,
  run: (target: LoadTarget) => Promise<T>,
) => Promise<void>;

/** In rounds with new servers each; beside mosec if that is the peer: a bare route has no streams. */
export async function measureStreams(
  { rounds, seconds, warmUpSeconds, peer }: BenchOptions,
  start: StartContenders,
  progress: (text: string) => void,
): Promise<StreamsSummary> {
  const rushes = { burst: none<RushFigures>(), turn: none<RushFigures>() };
  const many = none<PacedFigures>();
  const warmUp = Math.min(warmUpSeconds, LOADED_WARM_UP_SECONDS);
  const pacedSeconds = Math.min(seconds * PACED_FACTOR, LONGEST_PACED_SECONDS);
  for (let round = 1; round <= rounds; round++) {
    const turns = turnsOf(round).filter((turn) => turn === 'ours' || peer === 'mosec');
    progress(`streams: one client, ${RUSH_EVENTS} events, round ${round} of ${rounds}`);
    await withContenders(start, 'stream', async (inTurn) => {
      for (const pace of RUSH_PACES) {
        // Python has no event loop to take turns with.
        const taking = pace === 'burst' ? turns : (['ours'] as const);
        if (warmUp > 0) await inTurn(taking, none(), (target) => rush(target, pace, warmUp));
        await inTurn(taking, rushes[pace], (target) => rush(target, pace, seconds));
      }
    });
    progress(`streams: ${CLIENTS} clients, an event every ${EVERY_MS} ms, round ${round} of ${rounds}`);
    await withContenders(start, 'paced', async (inTurn) => {
      if (warmUp > 0) await inTurn(turns, none(), (target) => paced(target, warmUp));
      await inTurn(turns, many, (target) => paced(target, pacedSeconds));
    });
  }
  const rushed = { burst: summariseRush(rushes.burst), turn: summariseRush(rushes.turn) };
  return { clients: CLIENTS, everyMs: EVERY_MS, rushEvents: RUSH_EVENTS, rush: rushed, paced: summarisePaced(many) };
}

async function withContenders(start: StartContenders, pipeline: string, run: (inTurn: InTurn) => Promise<void>) {
  const contenders: Contenders = await start(pipeline);
  try {
    await run(async (turns, samples, measure) => {
      for (const turn of turns)
        samples[turn].push(await measure(contenders[turn]).catch((e: unknown) => fail(turn, e)));
    });
  } finally {
    await contenders.stop();
  }
}

function fail(turn: Turn, error: unknown): never {
  throw new Error(`${turn === 'ours' ? 'this package' : 'mosec'}: ${(error as Error).message}`, { cause: error });
}

function none<T>(): Samples<T> {
  return { ours: [], peer: [] };
}
