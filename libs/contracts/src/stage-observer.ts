import type { ReleaseReason } from './wait-policy.js';

/** A batch that was sent to a worker. */
export interface SentBatch {
  readonly workerId: number;
  readonly items: readonly { readonly arrivedAt: number }[];
  /** When it was sent, in epoch milliseconds. */
  readonly sentAt: number;
  /** Milliseconds since both the oldest item and an idle replica were there. */
  readonly heldMs: number;
  readonly reason: ReleaseReason;
}

/** Told of the batches of one stage. Every duration is in milliseconds. */
export interface BatchObserver {
  batchSent(batch: SentBatch): void;
  /** @param predictedMs what the pool had reckoned with; 0 if it knew nothing yet @param size items of the batch */
  batchDone(workerId: number, durationMs: number, predictedMs: number, size: number): void;
}

/** Told by the pool of one stage what happens there; implemented by the metrics. */
export interface StageObserver extends BatchObserver {
  /** So many items run again, as their worker died while it ran them. */
  retried(items: number): void;
  /** A request was refused, because of the queue of this stage. @param code of the error */
  shed(code: string): void;
}
