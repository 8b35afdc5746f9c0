import type { Schema, SchemaInput, SchemaOutput } from '../interfaces/schema.interface.js';
import type { StageOptions } from '../interfaces/stage-options.interface.js';
import { applyingFile } from './applying-file.js';
import { callFiles } from './call-files.js';
import { toFileUrl } from './file-url.js';
import type { StageClass } from './stage-class.js';
import { setStageDefinition } from './stage-definition.js';
import { registerStage } from './stage-registry.js';
import type { InputOf, OutputOf } from './stage-typing.js';
import type { TypeMismatch } from './type-mismatch.js';

type CheckInput<S, C> = Schema extends S
  ? unknown
  : [SchemaOutput<S>] extends [InputOf<C>]
    ? unknown
    : TypeMismatch<'`input` is not what this stage accepts', SchemaOutput<S>, InputOf<C>>;

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
  return (stageClass) => {
    // Where it is applied, not where it is made: helpers make it in their own file.
    const file = options.file === undefined ? applyingFile(callFiles()) : toFileUrl(options.file);
    setStageDefinition({ stageClass, name: stageClass.name, options, file });
    if (file !== undefined) registerStage(file, stageClass);
  };
}
