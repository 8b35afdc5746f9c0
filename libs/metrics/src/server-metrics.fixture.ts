import type { SentBatch } from '#libs/contracts';
import { ServerMetrics, type ServerMetricsOptions } from './server-metrics.js';

export function metricsOf(part: Partial<ServerMetricsOptions> = {}): ServerMetrics {
  const nothing = { remainingTasks: () => 0, stages: () => [] };
  return new ServerMetrics({ namespace: 'mosec_service', timeoutMs: 3000, version: '1.2.3', ...nothing, ...part });
}

/** The lines of the page. */
export async function linesOf({ registry }: ServerMetrics): Promise<string[]> {
  return (await registry.metrics()).split('\n');
}

/** A batch of items that have waited so many milliseconds. */
export function batchOf(waits: readonly number[], part: Partial<SentBatch> = {}): SentBatch {
  const sentAt = 10_000;
  const items = waits.map((wait) => ({ arrivedAt: sentAt - wait }));
  return { workerId: 1, items, sentAt, heldMs: 0, reason: 'full', ...part };
}
