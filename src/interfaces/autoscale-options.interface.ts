/** How a stage is scaled by itself. @publicApi */
export interface AutoscaleOptions {
  /** Smallest number of workers, at least 1. */
  readonly min: number;
  /** Largest number of workers. There are never more than cores, nor more than memory allows, unless `min` asks for them. */
  readonly max: number;
  /** Time in milliseconds in the queue that is still fine; a wait beyond it for `upAfterMs` adds workers. */
  readonly targetQueueWaitMs: number;
  /**
   * Milliseconds over which the wait must be above the target on average before workers are added.
   * @default 3000
   */
  readonly upAfterMs?: number;
  /**
   * Milliseconds over which the wait must be below half the target, and fewer workers enough, before some are let go.
   * @default 60000
   */
  readonly downAfterMs?: number;
}

export const DEFAULT_AUTOSCALE = { upAfterMs: 3_000, downAfterMs: 60_000 };
