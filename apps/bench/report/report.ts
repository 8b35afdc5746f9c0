import type { CellSummary, Company, Figures } from '../measure/summary.js';
import { describeCell } from '../cells/cell.js';
import type { OverloadSummary } from '../overload.js';
import type { RemoteSummary } from '../remote/summary.js';
import type { StreamsSummary } from '../stream/measure-streams.js';
import { formatFigures } from './figures-table.js';
import { formatOverloadTable } from './overload-table.js';
import { formatRatios } from './ratio-table.js';
import { formatRemote } from './remote-table.js';
import { formatStreams } from './stream-table.js';
import { formatTargets } from './targets-table.js';

export interface Conditions extends Company {
  readonly peer: string;
  readonly node: string;
  readonly cores: number;
  readonly rounds: number;
  readonly starts: number;
  readonly seconds: number;
  readonly warmUpSeconds: number;
  readonly sharedMemory: boolean;
  /** CPU profiles were written: figures are too low. */
  readonly profiled: boolean;
}

export interface Report {
  readonly conditions: Conditions;
  readonly cells: readonly CellSummary[];
  readonly overload: readonly OverloadSummary[];
  readonly streams?: StreamsSummary | undefined;
  readonly remote?: RemoteSummary | undefined;
}

/** Less than this is what any system does. */
const QUIET_CORES = 0.1;

/** Everything that was measured, for a person. */
export function formatReport({ conditions, cells, overload, streams, remote }: Report): string {
  const parts = cells.length > 0 ? cellParts(cells, conditions) : [];
  if (overload.length > 0) {
    const what =
      'open loop at three times the closed-loop peak of a 10 ms stage, deadline 1 s; bounded: maxQueueWaitMs 50';
    const columns = 'goodput = part of the peak; expired = part of the accepted requests; refused = part of all';
    parts.push(`${formatOverloadTable(overload)}\n${what}\n${columns}`);
  }
  if (streams) parts.push(formatStreams(streams, conditions.peer));
  if (remote) parts.push(formatRemote(remote));
  parts.push(formatConditions(conditions));
  return parts.join('\n\n');
}

function cellParts(cells: readonly CellSummary[], { peer }: Conditions): string[] {
  const errors = cells.flatMap((cell) => [
    ...errorLines(`${describeCell(cell)}, ours`, cell.ours),
    ...errorLines(`${describeCell(cell)}, ${peer}`, cell.peer),
  ]);
  return [
    formatFigures(cells, peer),
    `ours / ${peer}\n${formatRatios(cells)}`,
    formatTargets(cells),
    errors.join('\n'),
  ].filter(Boolean);
}

function errorLines(where: string, { errors }: Figures): string[] {
  return Object.entries(errors).map(([error, count]) => `${where}: ${error} (${count} times)`);
}

function formatConditions(conditions: Conditions): string {
  const { node, cores, rounds, starts, seconds, generatorCores, otherCores, sharedMemory, profiled } = conditions;
  return [
    `medians over ${rounds} rounds of ${seconds} s (${starts} with one connection); Node ${node}, ${cores} cores`,
    // Streams and overload do not tell how much it took.
    `servers and load generator share the cores${generatorCores > 0 ? `; the generator took at most ${generatorCores.toFixed(2)}` : ''}`,
    ...(otherCores < QUIET_CORES ? [] : [noiseLine(otherCores)]),
    ...(sharedMemory ? [] : ['shared memory was off']),
    ...(profiled ? ['CPU profiles were written, which costs time: these figures are no result'] : []),
  ].join('\n');
}

function noiseLine(otherCores: number): string {
  return `other programs took ${otherCores.toFixed(2)} cores meanwhile (median): repeat this on a quiet machine`;
}
