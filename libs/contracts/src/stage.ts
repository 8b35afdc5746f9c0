import type { StageCall, StreamCall } from './stage-call.js';
import type { Streamed } from './stream-event.js';

/** What every stage may add beside its handler. @publicApi */
export interface StageExtras<I, O> {
  /** One item to warm up with: a replica is ready only once this has run. Also the input of a dry run. */
  readonly example?: I;
  /** Takes over decoding of the request body when this is a pipeline's first stage. Throw to refuse the item. */
  deserialize?(bytes: Uint8Array, call: StageCall): I | Promise<I>;
  /** Takes over encoding of the answer when this is a pipeline's last stage. */
  serialize?(value: O, call: StageCall): Uint8Array | Promise<Uint8Array>;
}

/** A stage that handles one item at a time. @publicApi */
export interface ItemStage<I, O> extends StageExtras<I, O> {
  /** Several items to warm up with, in place of `example`. */
  readonly multiExamples?: readonly I[];
  /** @returns the result; what is thrown decides the answer of the item */
  forward(item: I, call: StageCall): O | Promise<O>;
}

/** A stage that handles a batch of at most `maxBatchSize` items. @publicApi */
export interface BatchStage<I, O> extends StageExtras<I, O> {
  /** Batches to warm up with, in place of `example`. */
  readonly multiExamples?: readonly (readonly I[])[];
  /**
   * @param items at least one, at most `maxBatchSize`, in order of arrival
   * @param calls one per item, same order
   * @returns one result per item, same order; an `Error` fails that item alone
   */
  forwardBatch(items: I[], calls: StageCall[]): (O | Error)[] | Promise<(O | Error)[]>;
}

/**
 * A stage that answers one item with a stream of events (`@SseStage`): what the generator yields. What it returns is the
 * whole answer if it has yielded nothing.
 * @publicApi
 */
export interface StreamStage<I, Event extends Streamed = string, O = void> extends StageExtras<I, O> {
  /** Several items to warm up with, in place of `example`. */
  readonly multiExamples?: readonly I[];
  /** Usually an `async *forward`. It is ended with `return()` when nobody waits for the item any more. */
  forward(item: I, call: StreamCall<Event>): AsyncGenerator<Event, O, undefined> | AsyncIterable<Event>;
}

/**
 * A stage that answers the items of a batch with a stream of events each (`@SseStage`), by `calls[i].sendEvent(event)`.
 * All streams of a batch end together.
 * @publicApi
 */
export interface BatchStreamStage<I, O = void, Event extends Streamed = string> extends StageExtras<I, O> {
  /** Batches to warm up with, in place of `example`. */
  readonly multiExamples?: readonly (readonly I[])[];
  /**
   * @param items at least one, at most `maxBatchSize`, in order of arrival
   * @param calls one per item, same order
   * @returns nothing, or one result per item, same order; an `Error` fails that item alone, a value is the whole answer
   * of an item without events
   */
  forwardBatch(items: I[], calls: StreamCall<Event>[]): (O | Error)[] | void | Promise<(O | Error)[]> | Promise<void>;
}
