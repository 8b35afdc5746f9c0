import type { CaseSummary } from '../summary.js';
import { alignColumns } from './align-columns.js';

const HEADINGS = ['pipeline', 'load', 'ratio', 'min-max', 'p50 ratio', 'req/s', 'bare req/s', 'p50 ms', 'bare p50 ms'];
const TEXT_COLUMNS = 2;

/** The result for a person: the ratios first, the absolute figures of this machine behind them. */
export function formatTable(summaries: readonly CaseSummary[]): string {
  return alignColumns([HEADINGS, ...summaries.map(cells)], TEXT_COLUMNS);
}

function cells({ pipeline, load, ratio, spread, p50Ratio, mosec, bare }: CaseSummary): string[] {
  return [
    pipeline,
    load,
    ratio.toFixed(2),
    spread.map((value) => value.toFixed(2)).join('-'),
    p50Ratio.toFixed(2),
    mosec.requestsPerSecond.toFixed(0),
    bare.requestsPerSecond.toFixed(0),
    mosec.p50Ms.toFixed(3),
    bare.p50Ms.toFixed(3),
  ];
}
