import type { WaitPolicy } from '#libs/contracts';

/** How a stage collects its batches. */
export interface CollectorOptions {
  /** Most items in a batch, at least 1. */
  readonly maxBatchSize: number;
  /** Longest hold of a partial batch while a replica is idle, in milliseconds; 0 never holds. */
  readonly maxWaitMs: number;
  readonly waitPolicy: WaitPolicy;
}
