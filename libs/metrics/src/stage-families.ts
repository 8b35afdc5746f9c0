import type { Registry } from 'prom-client';
import { HistogramFamily } from './histogram-family.js';

const BATCH_SIZES = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512];
const FILL_RATIOS = [0.125, 0.25, 0.375, 0.5, 0.625, 0.75, 0.875, 1];

/** The histograms that all stages share. */
export class StageFamilies {
  readonly duration: HistogramFamily;
  readonly batchSize: HistogramFamily;
  readonly batchDuration: HistogramFamily;
  readonly batchFill: HistogramFamily;
  readonly queueWait: HistogramFamily;

  /** @param buckets upper bounds of durations, in seconds */
  constructor(registry: Registry, namespace: string, buckets: readonly number[]) {
    const family = (suffix: string, help: string, bounds: readonly number[]): HistogramFamily =>
      new HistogramFamily({ name: `${namespace}_${suffix}`, help, buckets: bounds }, registry);
    const meaning = 'time of a batch in a worker; of a request through all stages where stage is "total"';
    this.duration = family('process_duration_second', meaning, buckets);
    this.batchSize = family('batch_size', 'items per batch', BATCH_SIZES);
    this.batchDuration = family('batch_duration_second', 'time to collect a batch', buckets);
    this.batchFill = family('batch_fill_ratio', 'items per batch, as a part of maxBatchSize', FILL_RATIOS);
    this.queueWait = family('queue_wait_seconds', 'time of an item in the queue of a stage', buckets);
  }
}
