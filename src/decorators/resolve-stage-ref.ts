import type { StageRuntimeOptions } from '../interfaces/stage-runtime-options.interface.js';
import type { StageClass } from './stage-class.js';
import type { StageRef } from './stage-ref.js';
import { StageRuntime } from './stage-runtime.js';

/** One place in a pipeline, taken apart. */
export interface ResolvedStageRef {
  readonly stageClass: StageClass;
  /** Options that replace those of `@Stage`. */
  readonly overrides: StageRuntimeOptions;
  /** Identity of the pool: places with the same one share their workers. */
  readonly runtime: StageRef;
}

export function resolveStageRef(ref: StageRef): ResolvedStageRef {
  if (ref instanceof StageRuntime) return { stageClass: ref.stageClass, overrides: ref.options, runtime: ref };
  return { stageClass: ref, overrides: {}, runtime: ref };
}
