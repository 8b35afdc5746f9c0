import type { RequestTracer } from '#libs/contracts';
import type { Verbosity } from './logging/verbosity.js';
import type { EngineLog } from './mosec.engine.js';
import type { StageWatcher } from './mosec.stage-observers.js';

/** Whom the engine tells what happens. */
export interface Reporting {
  readonly log: EngineLog;
  readonly verbosity: Verbosity;
  readonly observers: readonly StageWatcher[];
  /** Absent where nothing is traced. */
  readonly tracer?: RequestTracer | undefined;
}
