import type { StageOptions } from '../interfaces/stage-options.interface.js';
import type { StageRuntimeOptions } from '../interfaces/stage-runtime-options.interface.js';

/** The options of `@Stage` with those of a `stageRuntime` over them; an override of `undefined` changes nothing. */
export function mergeStageOptions(options: StageOptions, overrides: StageRuntimeOptions): StageOptions {
  const given = Object.entries(overrides).filter(([, value]) => value !== undefined);
  return { ...options, ...Object.fromEntries(given) };
}
