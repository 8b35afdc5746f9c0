import type { StreamEvent } from '#libs/contracts';
import type { Schema, SchemaInput } from '../interfaces/schema.interface.js';
import type { SseStageOptions } from '../interfaces/sse-stage-options.interface.js';
import { declareStage, type CheckInput } from './declare-stage.js';
import type { StageClass } from './stage-class.js';
import type { EventOf, OutputOf } from './stage-typing.js';
import type { TypeMismatch } from './type-mismatch.js';

/** What the events of a stage carry. */
type DataOf<C> =
  EventOf<C> extends infer E ? (E extends string ? E : E extends StreamEvent<infer D> ? D : never) : never;

type CheckEvent<S, C> = Schema extends S
  ? unknown
  : [DataOf<C>] extends [SchemaInput<S>]
    ? unknown
    : TypeMismatch<'`event` is not what this stage sends', DataOf<C>, SchemaInput<S>>;

/** Where events are the answer, nothing is returned. */
type CheckResult<S, C> = Schema extends S
  ? unknown
  : [Exclude<OutputOf<C>, undefined | void>] extends [SchemaInput<S>]
    ? unknown
    : TypeMismatch<'`output` is not what this stage returns', OutputOf<C>, SchemaInput<S>>;

/** The decorator that `@SseStage` makes; checks `input`, `output` and `event` against the class. */
export type SseStageDecorator<In extends Schema, Out extends Schema, Data extends Schema> = <C extends StageClass>(
  target: C & CheckInput<In, C> & CheckResult<Out, C> & CheckEvent<Data, C>,
) => void;

/**
 * Declares a stage that answers with a stream of events: a class with `async *forward`, or with `forward` or `forwardBatch`
 * that send events by `call.sendEvent`. It is the last stage of its pipelines. Otherwise as `@Stage`.
 *
 * @example
 * @SseStage({ maxConcurrency: 32, providers: [LanguageModel] })
 * export class Complete implements StreamStage<Prompt> {
 *   async *forward({ text }: Prompt, { signal }: StreamCall) { yield* this.model.tokens(text, signal); }
 * }
 * @publicApi
 */
export function SseStage<In extends Schema = Schema, Out extends Schema = Schema, Data extends Schema = Schema>(
  options: SseStageOptions<In, Out, Data> = {},
): SseStageDecorator<In, Out, Data> {
  const { event, sendResult = false, ...stageOptions } = options;
  return (stageClass) => declareStage(stageClass, stageOptions, { event, sendResult });
}
