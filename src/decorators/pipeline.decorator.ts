import type { Chain } from './chain.js';
import { PIPELINE_METADATA } from './metadata-keys.js';
import type { StageList } from './stage-ref.js';

/**
 * Makes a class a pipeline of stages: what one returns, the next takes, checked by the compiler. Expose it with
 * `@Route`, list it in `MosecModule.forFeature`, or call it through `@InjectPipeline`. To have the types carried
 * by the class, extend `PipelineOf(...)` instead.
 * @publicApi
 */
export function Pipeline<const S extends StageList>(stages: S & Chain<S>): ClassDecorator {
  return (pipelineClass) => Reflect.defineMetadata(PIPELINE_METADATA, stages, pipelineClass);
}
