import type { OverloadSummary } from '../overload.js';
import { alignColumns } from './align-columns.js';

const HEADINGS = ['path', 'peak/s', 'goodput', 'p50 ms', 'p99 ms', 'expired', 'refused', 'lost'];

/** The result under overload for a person. */
export function formatOverloadTable(summaries: readonly OverloadSummary[]): string {
  return alignColumns([HEADINGS, ...summaries.map(cells)], 1);
}

function cells({ path, peak, goodput, p50Ms, p99Ms, expired, refused, lost }: OverloadSummary): string[] {
  const percent = (part: number): string => `${(part * 100).toFixed(1)} %`;
  return [
    path,
    peak.toFixed(1),
    percent(goodput),
    p50Ms.toFixed(1),
    p99Ms.toFixed(1),
    percent(expired),
    percent(refused),
    String(lost),
  ];
}
