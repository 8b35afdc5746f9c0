export { MosecMetrics, type MosecMetricsOptions } from './mosec-metrics.js';
