import type { HistogramTotal } from './histogram-series.js';

/** What one stage has done since the start: plain numbers, of which two readings give rates and means. */
export interface StageTotals {
  readonly stage: string;
  /** Items that were sent to workers. */
  readonly items: number;
  /** Milliseconds that these have waited. */
  readonly waitMs: number;
  /** Batches that workers have done. */
  readonly batches: number;
  /** Milliseconds that these took. */
  readonly computeMs: number;
  /** Batches that were sent, and the sum of their sizes as parts of `maxBatchSize`; zeros where there are no batches. */
  readonly filled: HistogramTotal;
}

/** What the clients of one endpoint have got since the start. */
export interface RouteTotals {
  readonly endpoint: string;
  readonly answers: number;
  /** Those with a status from 400. */
  readonly failures: number;
  /** Milliseconds that all answers took. */
  readonly totalMs: number;
}
