import type { MetricExemplar, MetricFamily, MetricLabels, MetricSample } from '#libs/contracts';

/** A page of metrics, ready to be sent. */
export interface Exposition {
  readonly contentType: string;
  readonly text: string;
}

/** A format, and the name that a family has there. */
export interface ExpositionFormat {
  readonly nameOf: (family: MetricFamily) => string;
  readonly write: (families: readonly MetricFamily[]) => Exposition;
}

/** https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format */
const TEXT = 'text/plain; version=0.0.4; charset=utf-8';
/** https://prometheus.io/docs/specs/om/open_metrics_spec/ */
const OPEN_METRICS = 'application/openmetrics-text; version=1.0.0; charset=utf-8';
const TOTAL = /_total$/;

/** The text format that every Prometheus reads. */
export const TEXT_FORMAT: ExpositionFormat = { nameOf: ({ name }) => name, write: writeText };

/** OpenMetrics: counters end in `_total`, bounds are floats, exemplars are shown, and the end is marked. */
export const OPEN_METRICS_FORMAT: ExpositionFormat = { nameOf: openName, write: writeOpenMetrics };

function writeText(families: readonly MetricFamily[]): Exposition {
  const blocks = families.map(({ name, help, type, samples }) => [
    `# HELP ${name} ${escapeHelp(help)}`,
    `# TYPE ${name} ${type}`,
    ...samples.map((sample) => writeSample(name, sample)),
  ]);
  return { contentType: TEXT, text: blocks.flat().join('\n') + '\n' };
}

function writeOpenMetrics(families: readonly MetricFamily[]): Exposition {
  const blocks = families.map((family) => {
    const { help, type, samples } = family;
    const name = openName(family);
    return [
      `# TYPE ${name} ${type}`,
      `# HELP ${name} ${escape(help)}`,
      ...samples.map((sample) => writeSample(name, openSample(sample, type === 'counter')) + writeExemplar(sample)),
    ];
  });
  return { contentType: OPEN_METRICS, text: [...blocks.flat(), '# EOF'].join('\n') + '\n' };
}

function openName({ name, type }: MetricFamily): string {
  return type === 'counter' ? name.replace(TOTAL, '') : name;
}

function openSample({ suffix, labels, value }: MetricSample, isCounter: boolean): MetricSample {
  const { le } = labels;
  const isWhole = le !== undefined && /^-?\d+$/.test(le);
  return { suffix: isCounter ? '_total' : suffix, labels: isWhole ? { ...labels, le: `${le}.0` } : labels, value };
}

function writeSample(name: string, { suffix, labels, value }: MetricSample): string {
  const text = writeLabels(labels);
  return `${name}${suffix}${text && `{${text}}`} ${writeNumber(value)}`;
}

function writeExemplar({ suffix, exemplar }: MetricSample): string {
  return exemplar && (suffix === '_bucket' || suffix === '') ? ` # ${exemplarText(exemplar)}` : '';
}

function exemplarText({ labels, value, timestamp }: MetricExemplar): string {
  return `{${writeLabels(labels)}} ${writeNumber(value)} ${timestamp.toFixed(3)}`;
}

function writeLabels(labels: MetricLabels): string {
  let text = '';
  for (const name in labels) text += `${text && ','}${name}="${escape(labels[name] as string)}"`;
  return text;
}

function writeNumber(value: number): string {
  if (Number.isFinite(value)) return String(value);
  if (Number.isNaN(value)) return 'NaN';
  return value > 0 ? '+Inf' : '-Inf';
}

function escapeHelp(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n');
}

function escape(text: string): string {
  return escapeHelp(text).replaceAll('"', '\\"');
}
