import { formatSpread } from './ratio-table.js';
import type { Ratio } from '../measure/ratio.js';
import type { RemoteSample } from '../remote/figures.js';
import { BODY_BYTES, CALLERS, LOADS, PLACES, type LoadName } from '../remote/loads.js';
import { ROLES } from '../remote/processors.js';
import { GOALS, type RemoteSummary } from '../remote/summary.js';
import { alignColumns } from './align-columns.js';

const HEADINGS = ['load', 'stage', 'items/s', 'p50 ms', 'p99 ms', 'items/batch', ...ROLES];
const TEXT_COLUMNS = 2;
const NAMES: Readonly<Record<LoadName, string>> = {
  alone: '1 connection',
  http: `batches, ${CALLERS} connections`,
  inside: `batches, ${CALLERS} callers in the gateway`,
};

/** The result of a stage on other hosts for a person. */
export function formatRemote(summary: RemoteSummary): string {
  const { hosts, bullMq, loads, addedMs, addedOverBullMq, rateOverBullMq } = summary;
  const rows = LOADS.flatMap((load) =>
    PLACES.map((place, index) => [index === 0 ? NAMES[load] : '', place, ...cells(loads[load][place])]),
  );
  return [
    alignColumns([HEADINGS, ...rows], TEXT_COLUMNS),
    `${hosts} worker host${hosts === 1 ? '' : 's'}, bodies of ${BODY_BYTES} B; the last columns are cores that were busy`,
    `BullMQ alone, in one process: p50 ${bullMq.p50Ms.toFixed(2)} ms, p99 ${bullMq.p99Ms.toFixed(2)} ms, ${bullMq.jobsPerSecond.toFixed(0)} jobs/s`,
    `added by the remote hop, p50: ${spread(addedMs)} ms (goal <= ${GOALS.addedP50Ms}: ${verdict(summary.reachesLatency)}), ${spread(addedOverBullMq)} times BullMQ alone`,
    `remote / local: ${LOADS.map((load) => `${load} ${spread(loads[load].rate)}`).join(', ')}`,
    `batches within the gateway: goal >= ${GOALS.itemsPerSecond} items/s: ${verdict(summary.reachesRate)}, ${spread(rateOverBullMq)} times BullMQ alone`,
    ...errorLines(summary),
  ].join('\n');
}

function cells({ itemsPerSecond, p50Ms, p99Ms, batchItems, cores }: RemoteSample): string[] {
  return [
    itemsPerSecond.toFixed(0),
    p50Ms.toFixed(2),
    p99Ms.toFixed(2),
    Number.isNaN(batchItems) ? '-' : batchItems.toFixed(1),
    ...ROLES.map((role) => cores[role].toFixed(2)),
  ];
}

function spread(ratio: Ratio): string {
  return `${ratio.median.toFixed(2)} (${formatSpread(ratio)})`;
}

function verdict(reached: boolean): string {
  return reached ? 'pass' : 'fail';
}

function errorLines({ loads }: RemoteSummary): string[] {
  return LOADS.flatMap((load) =>
    PLACES.flatMap((place) =>
      Object.entries(loads[load][place].errors).map(
        ([error, count]) => `no result: ${NAMES[load]}, ${place}: ${error} (${count} times)`,
      ),
    ),
  );
}
