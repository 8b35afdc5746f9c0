import type { MetricFamily, MetricLabels, MetricSample, MetricsReport } from '#libs/contracts';
import { ProtocolError } from './protocol.error.js';

/** Of the Prometheus data model, https://prometheus.io/docs/concepts/data_model/ */
const METRIC_NAME = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/;
const LABEL_NAME = /^[a-zA-Z_][a-zA-Z0-9_]*$/;
const TYPES: ReadonlySet<unknown> = new Set(['counter', 'gauge', 'histogram', 'summary']);
const AGGREGATORS: ReadonlySet<unknown> = new Set(['sum', 'first', 'min', 'max', 'average', 'omit']);
const SUFFIXES: ReadonlySet<unknown> = new Set(['', '_bucket', '_sum', '_count']);

/** JSON has no form for some numbers, so these travel by name. */
const NUMBERS = new Map([
  ['NaN', NaN],
  ['Infinity', Infinity],
  ['-Infinity', -Infinity],
]);

/** A report as text. */
export function encodeMetrics(report: MetricsReport): string {
  return JSON.stringify(report, (key, value: unknown) =>
    key === 'value' && typeof value === 'number' && !Number.isFinite(value) ? String(value) : value,
  );
}

/**
 * The report of a worker. User code runs there, so nothing is taken for granted: what is shown at `/metrics` must not
 * break the page.
 * @throws ProtocolError when it is none
 */
export function decodeMetrics(text: string, maxSeries: number): MetricsReport {
  const report = parse(text);
  const series = report.families.reduce((sum, { samples }) => sum + samples.length, 0);
  if (series > maxSeries) throw new ProtocolError(`metrics have ${series} series, and ${maxSeries} are allowed`);
  return report;
}

function parse(text: string): MetricsReport {
  let report: MetricsReport;
  try {
    report = JSON.parse(text, (key, value: unknown) =>
      key === 'value' && typeof value === 'string' ? NUMBERS.get(value) : value,
    ) as MetricsReport;
    if (isReport(report)) return report;
  } catch (cause) {
    throw new ProtocolError('metrics are malformed', { cause });
  }
  throw new ProtocolError('metrics are malformed');
}

function isReport({ families, dropped, droppedFrom, failure }: MetricsReport): boolean {
  if (failure !== undefined && typeof failure !== 'string') return false;
  return families.every(isFamily) && isCount(dropped) && typeof droppedFrom === 'string';
}

function isFamily({ name, help, type, aggregator, samples }: MetricFamily): boolean {
  return (
    METRIC_NAME.test(name) &&
    typeof help === 'string' &&
    TYPES.has(type) &&
    AGGREGATORS.has(aggregator) &&
    samples.every(isSample)
  );
}

function isSample({ suffix, labels, value, exemplar }: MetricSample): boolean {
  if (!SUFFIXES.has(suffix) || typeof value !== 'number' || !areLabels(labels)) return false;
  return (
    exemplar === undefined || (areLabels(exemplar.labels) && isFinite(exemplar.value) && isFinite(exemplar.timestamp))
  );
}

function areLabels(labels: MetricLabels): boolean {
  return Object.entries(labels).every(([name, value]) => LABEL_NAME.test(name) && typeof value === 'string');
}

function isCount(value: unknown): boolean {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}
