import type { StageExecution } from './interfaces/stage-runtime-options.interface.js';
import type { CreateContext } from './worker/load-stage.js';

/** The complete options, after flags, variables and `forRoot`. */
export const RESOLVED_OPTIONS = Symbol('MOSEC_RESOLVED_OPTIONS');
/** What the command line said; provided only by `MosecFactory`. */
export const COMMAND_LINE = Symbol('MOSEC_COMMAND_LINE');
/** How stages run; replaced by `inlineExecution()` in tests. */
export const EXECUTION = Symbol('MOSEC_EXECUTION');

export interface Execution {
  /** Overrides the `execution` of every stage. */
  readonly mode?: StageExecution;
  /** Makes the container of an inline stage. */
  readonly createContext?: CreateContext;
}
