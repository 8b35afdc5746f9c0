import type { MetricsReport, WorkerLog } from '#libs/contracts';
import type { InitMessage } from '#libs/protocol';
import type { StageHost } from './stage-host.js';

/** A stage that was constructed and can be served. */
export interface LoadedStage {
  readonly host: StageHost;
  /** What the metrics of the stage say now; never rejects. */
  metrics(): Promise<MetricsReport>;
  /** Runs the stage's own clean-up. */
  close(): Promise<void>;
}

/** Which stage a worker is to be. */
export type StageAssignment = Omit<InitMessage, 'kind'>;

/** Imports, constructs and returns a stage; rejects with a reason that an operator understands. */
export type LoadStage = (assignment: StageAssignment, log: WorkerLog) => Promise<LoadedStage>;
