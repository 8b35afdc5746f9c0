export { ServerMetrics, type ServerMetricsOptions } from './server-metrics.js';
export type { StageState } from './stage-gauges.js';
export { WorkersMetrics } from './workers-metrics.js';
export { MetricsPage } from './metrics-page.js';
export type { Exposition } from './exposition.js';
export { WorkerReport, type WorkerPlacement } from './worker-report.js';
