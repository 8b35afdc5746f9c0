import { collectDefaultMetrics, register as defaultRegistry, Registry } from 'prom-client';
import type { MetricFamily, MetricsReport } from '#libs/contracts';
import { limitSeries } from './limit-series.js';
import { readRegistry } from './read-registry.js';

/** Where a worker runs: what is said of the whole process is said once for it. */
export type WorkerPlacement = 'process' | 'thread' | 'inline';

/** Names of prom-client's default metrics. */
const DEFAULT_METRIC = /^(process|nodejs)_/;
/** Gauges whose names end as those of counters do, which linters of metrics refuse. */
const MISNAMED = ['nodejs_active_resources_total', 'nodejs_active_handles_total', 'nodejs_active_requests_total'];

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
    const shared = (await readRegistry(defaultRegistry)).map(markDefaults);
    const defaults = (await readRegistry(this.defaultMetrics(shared))).map(markDefaults);
    return [...defaults, ...own, ...shared];
  }

  /** They observe the event loop and the garbage collector, which nobody should pay for who does not look. */
  private defaultMetrics(shared: readonly MetricFamily[]): Registry {
    if (this.defaults) return this.defaults;
    const registry = (this.defaults = new Registry());
    if (shared.some(({ perWorker }) => perWorker)) return registry;
    collectDefaultMetrics({ register: registry });
    for (const { name } of registry.getMetricsAsArray()) {
      const isOfProcess = name.startsWith('process_');
      if (MISNAMED.includes(name) || (isOfProcess && this.placement === 'thread')) registry.removeSingleMetric(name);
    }
    return registry;
  }
}

function markDefaults(family: MetricFamily): MetricFamily {
  return DEFAULT_METRIC.test(family.name) ? { ...family, perWorker: true } : family;
}
