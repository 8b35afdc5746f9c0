import type { StageState } from '#libs/metrics';
import type { RunningStage } from './control/running-stage.interface.js';
import { monotonicNow } from './mosec.clock.js';

/** What the metrics show of a stage at a scrape. */
export function stageState({ pool, supervisor }: Pick<RunningStage, 'pool' | 'supervisor'>): StageState {
  const { waiting, running, ready } = pool.status;
  const now = monotonicNow();
  return {
    stage: pool.stage,
    desiredReplicas: supervisor.desired,
    readyReplicas: ready,
    waiting,
    running,
    predictedWaitMs: pool.backlogMs(now),
    predictedBatchMs: pool.reckonedBatchMs(now),
    workers: supervisor.workers,
  };
}
