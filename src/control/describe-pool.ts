import type { ReplicaStatus } from '#libs/transport';
import type { RunningStage } from './running-stage.interface.js';
import type { PoolDescription, ReplicaDescription } from './pool-description.interface.js';

/** @param now epoch milliseconds, on the clock of the deadlines */
export function describePool(
  { pool, supervisor, execution, maxBatchSize, autoscale }: RunningStage,
  now: number,
): PoolDescription {
  const { ready, isPaused, oldestWaitMs, recent } = pool.snapshot(now);
  return {
    stage: pool.stage,
    execution,
    isPaused,
    desiredReplicas: supervisor.desired,
    readyReplicas: ready,
    queueDepth: pool.waiting,
    inFlight: pool.status.running,
    oldestWaitMs,
    predictedWaitMs: pool.backlogMs(now),
    maxBatchSize,
    recentBatches: recent,
    ...(autoscale && { autoscale }),
    replicas: supervisor.replicas.map(describeReplica),
  };
}

function describeReplica({ load, ...status }: ReplicaStatus): ReplicaDescription {
  return {
    ...status,
    inFlight: load?.items ?? 0,
    batches: load?.batches ?? 0,
    serviceMs: load?.serviceMs ?? 0,
  };
}
