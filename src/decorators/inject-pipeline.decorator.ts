import { Inject } from '@nestjs/common';
import type { PipelineClient } from './pipeline-client.js';
import { getPipelineToken } from './pipeline-token.js';
import type { PipelineClass, PipelineTypes } from './pipeline-types.js';
import type { TypeMismatch } from './type-mismatch.js';

type AnyClass = abstract new (...args: never[]) => unknown;

type CheckParameter<P, Annotated> =
  P extends PipelineTypes<never, unknown, unknown>
    ? PipelineClient<P> extends Annotated
      ? unknown
      : TypeMismatch<'annotate this parameter as PipelineClient of the injected pipeline', Annotated, PipelineClient<P>>
    : unknown;

/** The decorator that `@InjectPipeline` makes; checks the annotation of the parameter. */
export type InjectPipelineDecorator<P> = <C extends AnyClass, const I extends number>(
  target: C & CheckParameter<P, ConstructorParameters<C>[I]>,
  key: undefined,
  index: I,
) => void;

/**
 * Injects the client of a pipeline into a constructor.
 *
 * @example
 * constructor(@InjectPipeline(SentimentPipeline) private readonly sentiment: PipelineClient<SentimentPipeline>) {}
 * @publicApi
 */
export function InjectPipeline<P>(pipelineClass: PipelineClass<P>): InjectPipelineDecorator<P> {
  const inject = Inject(getPipelineToken(pipelineClass));
  return (target, key, index) => inject(target, key, index);
}
