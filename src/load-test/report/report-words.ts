import { type LatencySummary } from '../record/latency-histogram.js';
import { type StageReading } from '../server/server-reading.js';
import { type LoadReport, type StepReport } from './load-report.js';
import { digits, percent, time } from './units.js';

/** What was done, in sentences. */
export function describeLoad({ load, steps, target }: LoadReport): string[] {
  const { loop, arrivals, connections, durationS, warmUpS } = load;
  const levels = [steps[0]?.level ?? 0, steps.at(-1)?.level ?? 0].map(digits);
  const level = steps.length > 1 ? levels.join(' to ') : (levels[0] ?? '');
  const inSteps = steps.length > 1 ? ` in ${steps.length} steps` : '';
  const times = `${digits(durationS)} s after ${digits(warmUpS)} s of warm-up`;
  const bodies = target.bodies > 1 ? ` ${target.bodies} bodies in turn.` : '';
  if (loop === 'open') {
    const text = `Open loop: ${level} requests per second${inSteps} (${arrivals}), up to ${connections} connections, ${times}.${bodies}`;
    return [
      text,
      'Latency counts from the intended start, so a stall of the server is in it as its clients would feel it.',
    ];
  }
  const text = `Closed loop: ${level} connections${inSteps}, ${times}.${bodies}`;
  const caution =
    'While the server stalls, a closed loop sends nothing, so its percentiles are too good: use --rate to see what independent clients feel.';
  return [text, caution];
}

export function describeSlo({ slo }: LoadReport): [string, string][] {
  if (slo.ms === null) return [];
  const attained = slo.attainment === null ? 'no requests' : percent(slo.attainment);
  const goodput: [string, string] = ['Goodput', `${digits(slo.goodputPerS)} answers per second within ${time(slo.ms)}`];
  const required = slo.required === null ? '' : `, ${percent(slo.required)} required: ${slo.met ? 'met' : 'missed'}`;
  return [goodput, ['Attainment', `${attained} of the requests${required}`]];
}

export function latencyRows(latency: LatencySummary | null): [string, string][] {
  if (!latency) return [['Latency', 'no answers']];
  const { p50, p90, p99, p999, max, mean } = latency;
  const values = [
    ['p50', p50],
    ['p90', p90],
    ['p99', p99],
    ['p99.9', p999],
    ['max', max],
    ['mean', mean],
  ] as const;
  return [['Latency', values.map(([name, ms]) => `${name} ${time(ms)}`).join(', ')]];
}

export function describeErrors({ errors, totals }: LoadReport): [string, string][] {
  const list = (counts: Readonly<Record<string, number>>): string =>
    Object.entries(counts)
      .map(([name, count]) => `${name}: ${count}`)
      .join(', ');
  const rows: [string, string][] = [];
  if (Object.keys(errors.byStatus).length > 0) rows.push(['By status', list(errors.byStatus)]);
  if (Object.keys(errors.byCode).length > 0) rows.push(['By code', list(errors.byCode)]);
  if (totals.abandoned > 0) rows.push(['Abandoned', `${totals.abandoned} requests without an outcome, not counted`]);
  return rows;
}

export const STEP_HEAD = ({ load }: LoadReport): string[] => [
  load.loop === 'open' ? 'Rate' : 'Connections',
  ...['Good/s', 'Goodput/s', 'Within SLO', 'Failed', 'p50', 'p99', 'max'],
];

export function stepRow({ level, okPerS, goodputPerS, attainment, failed, latencyMs }: StepReport): string[] {
  const times = latencyMs ? [latencyMs.p50, latencyMs.p99, latencyMs.max].map(time) : ['-', '-', '-'];
  const within = attainment === null ? '-' : percent(attainment);
  return [digits(level), digits(okPerS), digits(goodputPerS), within, String(failed), ...times];
}

export const STAGE_HEAD: readonly string[] = [
  ...[
    'Stage',
    'Replicas',
    'Busy',
    'Queue',
    'Queue p90',
    'Batch',
    'Fill',
    'Time of a batch',
    'Left as',
    'Shed',
    'Expired',
  ],
];

export function stageRow(reading: StageReading): string[] {
  const { stage, replicas, busy, queueMeanMs, queueP90Ms, meanBatch, maxBatchSize, fill, serviceMeanMs } = reading;
  const batch = maxBatchSize === undefined ? '1' : `${digits(meanBatch)} of ${maxBatchSize}`;
  const times = [queueMeanMs, queueP90Ms].map(time);
  const state = [stage, String(replicas), percent(Math.min(1, busy)), ...times, batch];
  const { shed, expired } = reading;
  return [
    ...state,
    fill === undefined ? '-' : percent(fill),
    time(serviceMeanMs),
    reasonsOf(reading),
    String(shed),
    String(expired),
  ];
}

function reasonsOf({ releases }: StageReading): string {
  const all = Object.values(releases).reduce((sum, count) => sum + count, 0);
  const sorted = Object.entries(releases).sort(([, a], [, b]) => b - a);
  return sorted.map(([reason, count]) => `${reason} ${((count / all) * 100).toFixed(0)} %`).join(', ') || '-';
}
