import { HOP_FORMAT, STORED_FORMAT } from '#libs/contracts';
import type { StagePort } from '#libs/scheduler';
import type { RunningStage } from './control/running-stage.interface.js';
import type { StagePlan } from './mosec.launcher.js';

/** A stage as it is composed. */
export interface PlannedStage extends RunningStage {
  readonly plan: StagePlan;
  /** Where its items go. */
  readonly port: StagePort;
}

/**
 * Format in which a stage hands over. Through Redis from worker to worker; where one end runs inline, the value is there
 * already. What a remote stage returns goes through the Redis of its queue.
 */
export function hopFormat({ plan, remote }: PlannedStage, next: PlannedStage | undefined): number {
  return plan.handOver && !remote && next && next.execution !== 'inline' ? STORED_FORMAT : HOP_FORMAT;
}
