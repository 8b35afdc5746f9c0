import type { Chain, ChainEvent, ChainInput, ChainOutput } from './chain.js';
import { PIPELINE_OF_METADATA } from './metadata-keys.js';
import type { PipelineTypes } from './pipeline-types.js';
import type { StageList } from './stage-ref.js';

/** The base class that `PipelineOf` makes of these stages. @publicApi */
export type PipelineBase<S extends StageList> = new () => PipelineTypes<ChainInput<S>, ChainOutput<S>, ChainEvent<S>>;

/**
 * Base class of a pipeline that carries its types, so that `PipelineClient<SentimentPipeline>` knows them. Takes
 * the place of `@Pipeline`.
 *
 * @example
 * export class SentimentPipeline extends PipelineOf(Tokenize, Classify) {}
 * @publicApi
 */
export function PipelineOf<const S extends StageList>(...stages: S & Chain<S>): PipelineBase<S> {
  const base = class PipelineOfStages {};
  Reflect.defineMetadata(PIPELINE_OF_METADATA, stages, base);
  return base as unknown as PipelineBase<S>;
}
