import type { RemotePool } from '#libs/remote';
import type { StagePool } from '#libs/scheduler';
import type { Supervisor } from '#libs/transport';
import type { StageRef } from '../decorators/stage-ref.js';
import type { AutoscaleOptions } from '../interfaces/autoscale-options.interface.js';
import type { StageExecution } from '../interfaces/stage-runtime-options.interface.js';

/** One stage as it runs: its queue and batcher, and what keeps its replicas alive. */
export interface RunningStage {
  readonly pool: StagePool;
  readonly supervisor: Supervisor;
  /** Whether its replicas run here: else it is remote, or another host's. */
  readonly runsHere: boolean;
  /** The way to its replicas on other hosts, where it has such. */
  readonly remote?: RemotePool | undefined;
  /** The class or `stageRuntime` that stands for it. */
  readonly ref: StageRef;
  readonly execution: StageExecution;
  readonly maxBatchSize: number;
  /** How many replicas have an `env` of their own; undefined where it has none. */
  readonly envs?: number | undefined;
  readonly autoscale?: AutoscaleOptions | undefined;
}
