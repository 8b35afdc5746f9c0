import type { Schema, SchemaInput } from '../interfaces/schema.interface.js';
import type { StageOptions } from '../interfaces/stage-options.interface.js';
import { declareStage, type CheckInput } from './declare-stage.js';
import type { StageClass } from './stage-class.js';
import type { OutputOf } from './stage-typing.js';
import type { TypeMismatch } from './type-mismatch.js';

type CheckOutput<S, C> = Schema extends S
  ? unknown
  : [OutputOf<C>] extends [SchemaInput<S>]
    ? unknown
    : TypeMismatch<'`output` is not what this stage returns', OutputOf<C>, SchemaInput<S>>;

/** The decorator that `@Stage` makes; checks `input` and `output` against the class. */
export type StageDecorator<In extends Schema, Out extends Schema> = <C extends StageClass>(
  target: C & CheckInput<In, C> & CheckOutput<Out, C>,
) => void;

/**
 * Declares a stage: a class with `forward` (one item) or `forwardBatch` (up to `maxBatchSize` items) that runs in
 * worker processes. The class must be declared at the top level of a module other than the program's main file,
 * because each worker imports that module.
 *
 * In a helper of your own write `applyDecorators(Stage({ … }) as ClassDecorator)`.
 *
 * @example
 * @Stage({ maxBatchSize: 32, timeoutMs: 2_000, providers: [SentimentModel] })
 * export class Classify implements BatchStage<Encoded, Sentiment> { … }
 * @publicApi
 */
export function Stage<In extends Schema = Schema, Out extends Schema = Schema>(
  options: StageOptions<In, Out> = {},
): StageDecorator<In, Out> {
  return (stageClass) => declareStage(stageClass, options);
}
