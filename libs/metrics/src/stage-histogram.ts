import type { Metric, Registry } from 'prom-client';
import { HistogramSeries } from './histogram-series.js';

export interface StageHistogramOptions {
  readonly name: string;
  readonly help: string;
  /** Upper bounds of the buckets, ascending. */
  readonly buckets: readonly number[];
}

/**
 * A histogram by stage and worker, on a registry of prom-client. It is observed for every request: prom-client's own
 * checks and hashes the labels each time, this one finds the series by two look-ups and puts labels to it at a scrape.
 */
export class StageHistogram {
  readonly name: string;
  readonly help: string;
  readonly type = 'histogram';
  readonly aggregator = 'sum';
  private readonly buckets: readonly number[];
  private readonly stages = new Map<string, Map<number | string, HistogramSeries>>();

  constructor({ name, help, buckets }: StageHistogramOptions, registry: Registry) {
    this.name = name;
    this.help = help;
    this.buckets = buckets;
    // A registry asks no more of a metric than what this class has; its type names the classes of the package.
    registry.registerMetric(this as unknown as Metric);
  }

  observe(stage: string, connection: number | string, value: number): void {
    (this.stages.get(stage)?.get(connection) ?? this.series(stage, connection)).observe(value);
  }

  series(stage: string, connection: number | string): HistogramSeries {
    const workers = this.stages.get(stage) ?? new Map<number | string, HistogramSeries>();
    const series = workers.get(connection) ?? new HistogramSeries({ stage, connection }, this.buckets);
    this.stages.set(stage, workers.set(connection, series));
    return series;
  }

  /** What a registry asks for at a scrape. */
  get() {
    const { name, help, type, aggregator } = this;
    const values = [...this.stages.values()].flatMap((workers) =>
      [...workers.values()].flatMap((series) => series.samples(name)),
    );
    return Promise.resolve({ name, help, type, aggregator, values });
  }

  /** What a registry asks for when it resets all. */
  reset(): void {
    for (const workers of this.stages.values()) for (const series of workers.values()) series.reset();
  }
}
