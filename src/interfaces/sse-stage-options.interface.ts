import type { Schema } from './schema.interface.js';
import type { StageOptions } from './stage-options.interface.js';

/** Options of `@SseStage`. @publicApi */
export interface SseStageOptions<
  In extends Schema = Schema,
  Out extends Schema = Schema,
  Data extends Schema = Schema,
> extends Omit<StageOptions<In, Out>, 'timeoutMs'> {
  /**
   * Describes the `data` of the events, published in OpenAPI. Events are not checked against it.
   * @default String
   */
  readonly event?: Data;
  /**
   * Sends the value that the handler returns as the last event. Otherwise it is the answer of an item that sent no events,
   * and dropped of one that did.
   * @default false
   */
  readonly sendResult?: boolean;
}
