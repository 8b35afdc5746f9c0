import type { Metric, Registry } from 'prom-client';
import { HistogramSeries } from './histogram-series.js';

export interface HistogramFamilyOptions {
  readonly name: string;
  readonly help: string;
  /** Upper bounds of the buckets, ascending. */
  readonly buckets: readonly number[];
}

/**
 * A histogram on a registry of prom-client. It is observed for every request: prom-client's own checks and hashes the
 * labels each time; here whoever observes keeps its series, and labels are put to it at a scrape.
 */
export class HistogramFamily {
  readonly name: string;
  readonly help: string;
  readonly type = 'histogram';
  readonly aggregator = 'sum';
  private readonly buckets: readonly number[];
  private readonly all: HistogramSeries[] = [];

  constructor({ name, help, buckets }: HistogramFamilyOptions, registry: Registry) {
    this.name = name;
    this.help = help;
    this.buckets = buckets;
    // A registry asks no more of a metric than what this class has; its type names the classes of the package.
    registry.registerMetric(this as unknown as Metric);
  }

  /** A new series; one for each set of labels. */
  series(labels: Readonly<Record<string, string | number>>): HistogramSeries {
    const series = new HistogramSeries(labels, this.buckets);
    this.all.push(series);
    return series;
  }

  /** What a registry asks for at a scrape. */
  get() {
    const { name, help, type, aggregator } = this;
    const values = this.all.flatMap((series) => series.samples(name));
    return Promise.resolve({ name, help, type, aggregator, values });
  }

  /** What a registry asks for when it resets all. */
  reset(): void {
    for (const series of this.all) series.reset();
  }
}
