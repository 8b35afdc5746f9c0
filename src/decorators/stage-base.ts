import type { StageImports, StageOptions } from '../interfaces/stage-options.interface.js';
import { STAGE_BASE_METADATA } from './metadata-keys.js';

/** Options that a class made by a function brings along for the stages that extend it. */
export type StageBaseOptions = Pick<StageOptions, 'input' | 'output' | 'codec' | 'imports' | 'providers'>;

export function setStageBase(base: object, options: StageBaseOptions): void {
  Reflect.defineMetadata(STAGE_BASE_METADATA, options, base);
}

/** The options of `@Stage` over those of the class it extends; imports and providers of both. */
export function withStageBase(stageClass: object, options: StageOptions): StageOptions {
  const base = Reflect.getMetadata(STAGE_BASE_METADATA, stageClass) as StageBaseOptions | undefined;
  if (!base) return options;
  return {
    ...base,
    ...options,
    imports: () => [...listOf<StageImports>(base.imports), ...listOf<StageImports>(options.imports)],
    providers: () => [...listOf(base.providers), ...listOf(options.providers)],
  };
}

function listOf<T extends readonly unknown[]>(given: T | (() => T) | undefined): T {
  return typeof given === 'function' ? given() : (given ?? ([] as unknown as T));
}
