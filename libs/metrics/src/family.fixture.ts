import type { MetricFamily, MetricLabels, MetricSample, MetricsReport } from '#libs/contracts';

export function sampleOf(value: number, labels: MetricLabels = {}, suffix = ''): MetricSample {
  return { suffix, labels, value };
}

export function counterOf(name: string, ...samples: MetricSample[]): MetricFamily {
  return { name, help: 'h', type: 'counter', aggregator: 'sum', samples };
}

export function gaugeOf(name: string, ...samples: MetricSample[]): MetricFamily {
  return { name, help: 'h', type: 'gauge', aggregator: 'sum', samples };
}

/** With one bound at 1: so many observations of 0.5 and so many of 2. */
export function histogramOf(name: string, low: number, high: number, labels: MetricLabels = {}): MetricFamily {
  const samples = [
    sampleOf(low, { le: '1', ...labels }, '_bucket'),
    sampleOf(low + high, { le: '+Inf', ...labels }, '_bucket'),
    sampleOf(low * 0.5 + high * 2, labels, '_sum'),
    sampleOf(low + high, labels, '_count'),
  ];
  return { name, help: 'h', type: 'histogram', aggregator: 'sum', samples };
}

export function reportOf(...families: MetricFamily[]): MetricsReport {
  return { families, dropped: 0, droppedFrom: '' };
}

/** `name{a="b"} 1` for each sample. */
export function textOf(families: readonly MetricFamily[]): string[] {
  return families.flatMap(({ name, samples }) =>
    samples.map(({ suffix, labels, value }) => {
      const pairs = Object.entries(labels).map(([key, text]) => `${key}="${text}"`);
      return `${name}${suffix}${pairs.length > 0 ? `{${pairs.join()}}` : ''} ${value}`;
    }),
  );
}
