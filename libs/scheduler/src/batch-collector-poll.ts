import type { ReleaseReason } from '#libs/contracts';

/** The replicas of a pool at the moment of a poll. */
export interface PoolState {
  /** Replicas that can serve, idle or busy. */
  readonly ready: number;
  /** Replicas that wait for work. */
  readonly idle: number;
  /** When the pool last went from no idle replica to one, in epoch milliseconds; read only while `idle` > 0. */
  readonly idleSince: number;
  /** Recent time per batch in milliseconds; 0 or absent while unknown. */
  readonly serviceMs?: number;
}

/** A batch to send now to one idle replica. */
export interface BatchRelease<T> {
  readonly kind: 'batch';
  /** In order of arrival; at least one, at most `maxBatchSize`. */
  readonly items: T[];
  readonly reason: ReleaseReason;
  /** Milliseconds since both the oldest item and an idle replica were there. */
  readonly heldMs: number;
}

/** Nothing to send yet: poll again on the next arrival, idle replica or removal, at the latest at `until`. */
export interface BatchHold {
  readonly kind: 'wait';
  /** Epoch milliseconds. */
  readonly until: number;
}
