import type { CaseSummary } from '../summary.js';

const HEADINGS = ['pipeline', 'load', 'ratio', 'min-max', 'p50 ratio', 'req/s', 'bare req/s', 'p50 ms', 'bare p50 ms'];
const TEXT_COLUMNS = 2;

/** The result for a person: the ratios first, the absolute figures of this machine behind them. */
export function formatTable(summaries: readonly CaseSummary[]): string {
  const rows = [HEADINGS, ...summaries.map(cells)];
  const widths = HEADINGS.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) => row.map((cell, column) => pad(cell, column, widths)).join('  ')).join('\n');
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

function pad(cell: string, column: number, widths: readonly number[]): string {
  const width = widths[column] ?? 0;
  return column < TEXT_COLUMNS ? cell.padEnd(width) : cell.padStart(width);
}
