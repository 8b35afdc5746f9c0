import type { Cell } from './cell.js';

/** Cells that are measured one after the other on one start of the servers. */
export interface Round {
  readonly cells: readonly Cell[];
  /** From 1. */
  readonly number: number;
  readonly of: number;
  /** Time under load before the first cell, for each of the two that are compared. */
  readonly warmUpSeconds: number;
}

export interface Timing {
  /** Rounds of cells with several connections. */
  readonly rounds: number;
  /** Rounds of cells with one connection. */
  readonly starts: number;
  /** Measured time per cell, round and contender. */
  readonly seconds: number;
  readonly warmUpSeconds: number;
}

/** Part of the measured time that is spent before counting starts. */
export const RUN_IN = 0.2;
/** With several connections a server has soon run its hot code often enough. */
export const LOADED_WARM_UP_SECONDS = 5;
/** Both servers start and stop within about this time. */
const START_SECONDS = 2.5;

/**
 * Which cells are measured together. Memory and placement on the cores are of a start, so that every round has one of
 * its own, and no pipeline or body size shares it with another. One connection apart: it needs a longer warm-up.
 */
export function planRounds(cells: readonly Cell[], timing: Timing): Round[] {
  const groups = new Map<string, Cell[]>();
  for (const cell of cells) {
    const key = `${cell.pipeline} ${cell.bodyBytes} ${cell.connections === 1}`;
    groups.set(key, [...(groups.get(key) ?? []), cell]);
  }
  return [...groups.values()].flatMap((group) => roundsOf(group, timing));
}

function roundsOf(cells: readonly Cell[], { rounds, starts, warmUpSeconds }: Timing): Round[] {
  const lone = cells[0]?.connections === 1;
  const warmUp = lone ? warmUpSeconds : Math.min(warmUpSeconds, LOADED_WARM_UP_SECONDS);
  const of = lone ? starts : rounds;
  return Array.from({ length: of }, (_, i) => ({ cells, number: i + 1, of, warmUpSeconds: warmUp }));
}

/** About how long a round takes with two contenders. */
export function secondsOf({ cells, warmUpSeconds }: Round, { seconds }: Timing): number {
  return START_SECONDS + 2 * (warmUpSeconds + cells.length * seconds * (1 + RUN_IN));
}
