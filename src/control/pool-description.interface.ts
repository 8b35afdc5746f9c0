import type { StageExecution } from '../interfaces/stage-runtime-options.interface.js';
import type { AutoscaleOptions } from '../interfaces/autoscale-options.interface.js';

/** One worker of a stage. @publicApi */
export interface ReplicaDescription {
  /** Counts from 1 within the stage; a replacement takes the number of the one it replaces. */
  readonly workerId: number;
  /** `waiting` for its delay or for its turn to start, `starting`, `ready`, or `leaving` with what it has left to do. */
  readonly state: 'waiting' | 'starting' | 'ready' | 'leaving';
  /** Process in which it runs; absent while there is none. */
  readonly pid?: number;
  /** Thread of that process; absent for a worker with a process of its own. */
  readonly threadId?: number;
  /** Milliseconds since it was ready. */
  readonly ageMs?: number;
  /** Workers that were started under this number before it. */
  readonly restarts: number;
  /** Items that it has answered. */
  readonly answered: number;
  /** Items that it has and that are not answered yet. */
  readonly inFlight: number;
  /** Batches that it has: one running (or several, by `maxConcurrency`), the others sent ahead. */
  readonly batches: number;
  /** Milliseconds that a batch takes it, smoothed; 0 while unknown. */
  readonly serviceMs: number;
  /** Why the one before it ended, or could not start. */
  readonly lastEnd?: string;
}

/** A stage on worker hosts, as this gateway sees it. @publicApi */
export interface RemoteDescription {
  /** Worker hosts with a ready replica. */
  readonly hosts: number;
  /** Batches that these run at the same time. */
  readonly slots: number;
  /** Items of all gateways that no worker host has taken yet, as of the last second. */
  readonly queued: number;
  /** Items of this gateway that are with Redis or with a worker host. */
  readonly open: number;
}

/** The workers and the queue of one stage. @publicApi */
export interface PoolDescription {
  /** Name of the stage, as in logs and metrics. */
  readonly stage: string;
  readonly execution: StageExecution;
  /** Whether its workers get no work, by `pause`. */
  readonly isPaused: boolean;
  /** Number of workers that there are to be. */
  readonly desiredReplicas: number;
  /** Workers that take batches. */
  readonly readyReplicas: number;
  /** Items that no worker has yet. */
  readonly queueDepth: number;
  /** Items that workers have. */
  readonly inFlight: number;
  /** Milliseconds that the first of the queue has waited; 0 where none waits. */
  readonly oldestWaitMs: number;
  /** Milliseconds that a new item would wait; 0 while a worker is idle or nothing is known. */
  readonly predictedWaitMs: number;
  readonly maxBatchSize: number;
  /** Batches of the last 10 seconds, at most 64: their number, items per batch, and milliseconds per batch. */
  readonly recentBatches: { readonly count: number; readonly meanSize: number; readonly meanMs: number };
  /** How it is scaled by itself; absent where it is not. */
  readonly autoscale?: AutoscaleOptions;
  /** The worker hosts of the stage; absent where it runs here alone. */
  readonly remote?: RemoteDescription;
  /** In order of their numbers. */
  readonly replicas: readonly ReplicaDescription[];
}
