import { describeLoad } from '../cells/cell.js';
import type { CellSummary, Judgement } from '../measure/summary.js';
import { alignColumns } from './align-columns.js';
import { formatSpread } from './ratio-table.js';

const HEADINGS = ['pipeline', 'load', 'figure', 'ratio', 'min-max', 'floor', '', 'aim', ''];
const TEXT_COLUMNS = 3;

/** What is asked for, and whether it was reached. Empty without any target. */
export function formatTargets(summaries: readonly CellSummary[]): string {
  const rows = summaries.flatMap(({ pipeline, judgements, ...load }) =>
    judgements.map((judgement) => [pipeline, describeLoad(load), ...cells(judgement)]),
  );
  return rows.length > 0 ? alignColumns([HEADINGS, ...rows], TEXT_COLUMNS) : '';
}

function cells({ figure, ratio, floor, aim, reachesFloor, reachesAim }: Judgement): string[] {
  const bound = (value: number): string => `${figure === 'rate' ? '>=' : '<='} ${value}`;
  const verdict = (reached: boolean): string => (reached ? 'pass' : 'fail');
  return [
    figure,
    ratio.median.toFixed(3),
    formatSpread(ratio),
    bound(floor),
    verdict(reachesFloor),
    bound(aim),
    verdict(reachesAim),
  ];
}
