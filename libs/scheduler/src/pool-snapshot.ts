import type { BatchCollector } from './batch-collector.js';
import type { Dispatcher } from './dispatcher.js';
import type { ReplicaRoster } from './replica-roster.js';
import type { StageItem } from './stage-item.js';
import type { RecentBatches, WaitPredictor } from './wait-predictor.js';

/** A pool at one moment, for operators and for the autoscaler. */
export interface PoolSnapshot {
  readonly isPaused: boolean;
  /** Replicas that take batches. */
  readonly ready: number;
  /** Those of them that would begin a batch at once. */
  readonly idle: number;
  /** Milliseconds that the item at the front of the queue has waited; 0 where none waits. */
  readonly oldestWaitMs: number;
  /** Batches of the last 10 seconds. */
  readonly recent: RecentBatches;
}

export interface SnapshotParts {
  readonly collector: BatchCollector<StageItem>;
  readonly replicas: ReplicaRoster;
  readonly predictor: WaitPredictor;
  readonly dispatcher: Dispatcher;
}

export function snapshotOf({ collector, replicas, predictor, dispatcher }: SnapshotParts, now: number): PoolSnapshot {
  const { oldest } = collector;
  return {
    isPaused: dispatcher.isPaused,
    ready: replicas.ready,
    idle: replicas.idle,
    oldestWaitMs: oldest ? Math.max(0, now - oldest.arrivedAt) : 0,
    recent: predictor.recent(now),
  };
}
