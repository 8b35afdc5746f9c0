import type { Replica, ReplicaListener } from './replica.js';

/** Takes the replicas of a stage as they come and go: the stage's pool. */
export interface ReplicaSink {
  /** A replica is ready; the answer listens to its batches from now on. */
  attach(replica: Replica): BatchListener;
}

/** What a replica has to do at the moment. */
export interface ReplicaLoad {
  /** Items that it has and that were not answered yet. */
  readonly items: number;
  /** Batches that it has, one running and the others sent ahead. */
  readonly batches: number;
  /** Milliseconds that a batch takes it, smoothed; 0 while unknown. */
  readonly serviceMs: number;
}

/** The part of a replica's reports that concerns batches. `detached` is the last. */
export interface BatchListener extends Pick<ReplicaListener, 'begun' | 'streamed' | 'settled' | 'finished'> {
  detached(reason: string): void;
  /** No batch is to go there any more; calls back when the last one is done. */
  retire(onIdle: () => void): void;
  load(): ReplicaLoad;
}
