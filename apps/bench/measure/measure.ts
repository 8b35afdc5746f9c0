import { describeCell, type Cell } from '../cells/cell.js';
import type { Round } from '../cells/schedule.js';
import { runLoad, type Sample } from '../load/run-load.js';
import type { Contenders, StartContenders } from './contenders.js';
import { turnsOf } from './turns.js';

/** The samples of a cell; those of the same index are of the same round. */
export interface CellSamples {
  readonly cell: Cell;
  readonly ours: Sample[];
  readonly peer: Sample[];
}

/**
 * Measures round after round, each with servers of its own; the two are measured in turn in every cell, so that what
 * the machine does besides falls on both. The first in turn changes.
 * @param began called before each round with its index
 */
export async function measure(
  rounds: readonly Round[],
  seconds: number,
  start: StartContenders,
  began: (index: number) => void,
): Promise<CellSamples[]> {
  const samples = new Map<Cell, CellSamples>();
  for (const [index, round] of rounds.entries()) {
    began(index);
    const [first] = round.cells;
    if (first === undefined) continue;
    const contenders = await start(first.pipeline);
    try {
      await measureRound(round, seconds, contenders, samples);
    } finally {
      await contenders.stop();
    }
  }
  return [...samples.values()];
}

async function measureRound(
  round: Round,
  seconds: number,
  contenders: Contenders,
  samples: Map<Cell, CellSamples>,
): Promise<void> {
  const [first] = round.cells;
  const turns = turnsOf(round.number);
  if (first && round.warmUpSeconds > 0) {
    for (const turn of turns) await runLoad(contenders[turn], first, round.warmUpSeconds);
  }
  for (const cell of round.cells) {
    const entry = samples.get(cell) ?? { cell, ours: [], peer: [] };
    samples.set(cell, entry);
    for (const turn of turns) entry[turn].push(await runLoad(contenders[turn], cell, seconds));
  }
}

/** What a round is about, in one line. */
export function describeRound({ cells, number, of }: Round): string {
  const [first] = cells;
  const more = cells.length > 1 ? ` and ${cells.length - 1} more` : '';
  return `${first ? describeCell(first) : ''}${more}, round ${number} of ${of}`;
}
