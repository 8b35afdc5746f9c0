import { describeLoad } from '../cells/cell.js';
import type { Ratio } from '../measure/ratio.js';
import type { CellSummary } from '../measure/summary.js';
import { alignColumns } from './align-columns.js';

const HEADINGS = ['pipeline', 'load', 'rate', 'min-max', 'p50', 'p99', 'CPU', 'memory'];
const TEXT_COLUMNS = 2;

/** The result: ours divided by the peer's. */
export function formatRatios(summaries: readonly CellSummary[]): string {
  return alignColumns([HEADINGS, ...summaries.map(cells)], TEXT_COLUMNS);
}

function cells({ pipeline, ratios, valid, ...load }: CellSummary): string[] {
  const names = [pipeline, describeLoad(load)];
  if (!valid) return [...names, 'no result', ...HEADINGS.slice(names.length + 1).map(() => '-')];
  const { rate, p50, p99, cpu, memory } = ratios;
  return [...names, two(rate), formatSpread(rate), two(p50), two(p99), two(cpu), two(memory)];
}

/** Smallest and largest ratio of a round. */
export function formatSpread({ least, most }: Ratio): string {
  return `${least.toFixed(2)}-${most.toFixed(2)}`;
}

function two({ median }: Ratio): string {
  return median.toFixed(2);
}
