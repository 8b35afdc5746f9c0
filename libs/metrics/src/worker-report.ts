import { register as defaultRegistry, type Registry } from 'prom-client';
import type { MetricFamily, MetricsReport } from '#libs/contracts';
import { collectDefaults, isDefaultMetric, type WorkerPlacement } from './default-metrics.js';
import { limitSeries } from './limit-series.js';
import { readRegistry } from './read-registry.js';

/**
 * The metrics of a worker: those of its stage on `registry`, those that code in the worker has put on prom-client's
 * default registry, and prom-client's default metrics, which are collected from the first report on.
 */
export class WorkerReport {
  private defaults?: Registry;

  constructor(
    readonly registry: Registry,
    private readonly placement: WorkerPlacement,
    private readonly maxSeries: number,
  ) {}

  /** Never rejects: a metric that throws is told of. */
  async read(): Promise<MetricsReport> {
    try {
      return limitSeries(await this.families(), this.maxSeries);
    } catch (error) {
      const failure = error instanceof Error ? error.message : String(error);
      return { families: [], dropped: 0, droppedFrom: '', failure };
    }
  }

  private async families(): Promise<MetricFamily[]> {
    const own = await readRegistry(this.registry);
    // Inline, the default registry is that of the application, which shows it itself.
    if (this.placement === 'inline') return own;
    const shared = await readRegistry(defaultRegistry);
    this.defaults ??= collectDefaults(this.placement, [...own, ...shared]);
    const defaults = await readRegistry(this.defaults);
    return [...defaults, ...own, ...shared].map(markDefault);
  }
}

function markDefault(family: MetricFamily): MetricFamily {
  return isDefaultMetric(family) ? { ...family, perWorker: true } : family;
}
