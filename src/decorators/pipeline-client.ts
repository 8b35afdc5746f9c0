import type { PipelineTypes } from './pipeline-types.js';
import type { IsAny, TypeMismatch } from './type-mismatch.js';
import { TypedPipelineClient } from './typed-pipeline-client.js';

declare const carried: unique symbol;

/** Second argument left out: the pipeline class carries the types. */
interface Carried {
  readonly [carried]: true;
}

type ClientOf<P> =
  P extends PipelineTypes<infer In, infer Out, infer Event>
    ? TypedPipelineClient<In, Out, Event>
    : TypeMismatch<
        'write PipelineClient<In, Out>, or let the pipeline class extend PipelineOf(...)',
        P,
        PipelineTypes<unknown, unknown>
      >;

type IsCarried<Out> =
  IsAny<Out> extends true ? false : [Out] extends [never] ? false : Out extends Carried ? true : false;

/**
 * Client of a pipeline, to be injected with `@InjectPipeline`: `PipelineClient<SentimentPipeline>` for a class that
 * extends `PipelineOf(...)`, `PipelineClient<In, Out>` for any pipeline.
 *
 * An alias beside a class of the same name: a class generic in the pipeline itself cannot have both forms assignable
 * to each other, and an alias alone leaves Nest without a run-time type for the parameter.
 * @publicApi
 */
export type PipelineClient<P, Out = Carried, Event = never> =
  IsCarried<Out> extends true ? ClientOf<P> : TypedPipelineClient<P, Out, Event>;
/** The class behind the type of the same name: the token of Nest for it. @publicApi */
export const PipelineClient = TypedPipelineClient;
