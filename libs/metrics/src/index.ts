export { ServerMetrics, type ServerMetricsOptions } from './server-metrics.js';
export type { StageState } from './stage-gauges.js';
export type { RouteTotals, StageTotals } from './totals.js';
export { WorkersMetrics } from './workers-metrics.js';
export { MetricsPage } from './metrics-page.js';
export type { Exposition } from './exposition.js';
export { WorkerReport } from './worker-report.js';
export type { WorkerPlacement } from './default-metrics.js';
export { traceIdOf } from './trace-id.js';
