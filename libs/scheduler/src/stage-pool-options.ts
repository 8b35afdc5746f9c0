import type { MosecError, RequestTracer, StageObserver } from '#libs/contracts';
import type { CollectorOptions } from './batch-collector-options.js';
import type { ForwardLimits } from './forward-watch.js';

export interface StagePoolOptions extends CollectorOptions, ForwardLimits {
  /** Name of the stage, as in logs and metrics. */
  readonly stage: string;
  /** Whether an item whose replica died while it ran is run once more. */
  readonly retryOnCrash: boolean;
  /** Set for a stage that streams. */
  readonly stream?: StreamPoolOptions | undefined;
  /** Longest predicted wait in milliseconds at which requests are still admitted; none if absent. */
  readonly maxQueueWaitMs?: number;
  /** Epoch milliseconds, monotonic: the clock of the deadlines. */
  readonly now: () => number;
  readonly decodeError: (payload: Uint8Array) => MosecError;
  readonly observer: StageObserver;
  /** Absent where nothing is traced. */
  readonly tracer?: Pick<RequestTracer, 'batch'> | undefined;
}

export interface StreamPoolOptions {
  /** Calls that a replica runs at the same time. */
  readonly maxConcurrency: number;
}

/** Whether a pool could serve at all. */
export interface PoolStatus {
  readonly ready: number;
  readonly waiting: number;
  readonly running: number;
}
