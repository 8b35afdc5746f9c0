import type { StageRuntimeOptions } from '../interfaces/stage-runtime-options.interface.js';
import type { StageClass, StageHandler } from './stage-class.js';

/** A pool of its own for a stage class, with its own options. Made by `stageRuntime`. @publicApi */
export class StageRuntime<T extends StageHandler = StageHandler> {
  constructor(
    readonly stageClass: StageClass<T>,
    readonly options: StageRuntimeOptions,
  ) {}
}

/**
 * Sets up a separate pool of workers for a stage class, shared wherever the returned object is used. Options that
 * are left out keep their value from `@Stage`.
 *
 * @example
 * const onGpu = stageRuntime(Classify, { replicas: 2, env: [{ GPU: '0' }, { GPU: '1' }] });
 * @publicApi
 */
export function stageRuntime<T extends StageHandler>(
  stageClass: StageClass<T>,
  options: StageRuntimeOptions,
): StageRuntime<T> {
  return new StageRuntime(stageClass, options);
}
