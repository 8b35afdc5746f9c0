import { collectDefaultMetrics, Registry } from 'prom-client';
import type { MetricFamily } from '#libs/contracts';

/** Where code runs: what is said of the whole process is said once for it. */
export type WorkerPlacement = 'process' | 'thread' | 'inline';

const DEFAULT_METRIC = /^(process|nodejs)_/;
/** Gauges whose names end as those of counters do, which linters of metrics refuse. */
const MISNAMED = ['nodejs_active_resources_total', 'nodejs_active_handles_total', 'nodejs_active_requests_total'];

/** Whether it is one of the default metrics of prom-client. */
export function isDefaultMetric({ name }: Pick<MetricFamily, 'name'>): boolean {
  return DEFAULT_METRIC.test(name);
}

/**
 * The default metrics of prom-client, from now on. They observe the event loop and the garbage collector, which nobody should
 * pay for who does not look.
 * @param known what is shown besides; empty if the default metrics are among that
 */
export function collectDefaults(placement: WorkerPlacement, known: readonly MetricFamily[]): Registry {
  const registry = new Registry();
  if (known.some(isDefaultMetric)) return registry;
  collectDefaultMetrics({ register: registry });
  for (const { name } of registry.getMetricsAsArray()) {
    const isOfProcess = name.startsWith('process_');
    if (MISNAMED.includes(name) || (isOfProcess && placement === 'thread')) registry.removeSingleMetric(name);
  }
  return registry;
}
