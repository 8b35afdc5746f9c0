import type { ReplicaStatus } from '#libs/transport';
import type { RunningStage } from './running-stage.interface.js';
import type { PoolDescription, RemoteDescription, ReplicaDescription } from './pool-description.interface.js';

/** @param now epoch milliseconds, on the clock of the deadlines */
export function describePool(
  { pool, supervisor, execution, maxBatchSize, autoscale, remote }: RunningStage,
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
    ...(remote && { remote: describeRemote(remote.usage) }),
    replicas: supervisor.replicas.map(describeReplica),
  };
}

function describeRemote({ hosts, slots, queued, open }: RemoteDescription): RemoteDescription {
  return { hosts, slots, queued, open };
}

function describeReplica({ load, ...status }: ReplicaStatus): ReplicaDescription {
  return {
    ...status,
    inFlight: load?.items ?? 0,
    batches: load?.batches ?? 0,
    serviceMs: load?.serviceMs ?? 0,
  };
}
