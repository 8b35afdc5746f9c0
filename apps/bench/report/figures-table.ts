import { describeLoad } from '../cells/cell.js';
import type { CellSummary, Figures } from '../measure/summary.js';
import { alignColumns } from './align-columns.js';

const TEXT_COLUMNS = 3;
const MB = 1_000_000;

/** What the ratios are made of: figures of this machine. */
export function formatFigures(summaries: readonly CellSummary[], peer: string): string {
  const memory = summaries[0]?.ours.memoryKind ?? 'memory';
  const headings = ['pipeline', 'load', 'server', 'req/s', 'p50 ms', 'p99 ms', 'CPU s/1000', `${memory} MB`, 'errors'];
  const rows = summaries.flatMap(({ pipeline, ours, peer: other, ...load }) => [
    [pipeline, describeLoad(load), 'ours', ...cells(ours)],
    ['', '', peer, ...cells(other)],
  ]);
  return alignColumns([headings, ...rows], TEXT_COLUMNS);
}

function cells({ requestsPerSecond, p50Ms, p99Ms, cpuPer1000, memoryBytes, errors }: Figures): string[] {
  return [
    requestsPerSecond.toFixed(requestsPerSecond < 100 ? 1 : 0),
    p50Ms.toFixed(3),
    p99Ms.toFixed(3),
    cpuPer1000.toFixed(3),
    (memoryBytes / MB).toFixed(0),
    String(Object.values(errors).reduce((sum, count) => sum + count, 0)),
  ];
}
