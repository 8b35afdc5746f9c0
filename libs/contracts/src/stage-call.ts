import type { Streamed } from './stream-event.js';

/**
 * What a stage may know about the request behind an item; the second argument of `forward`, and one per
 * item in the second argument of `forwardBatch`.
 * @publicApi
 */
export interface StageCall {
  /** Request id: the client's `X-Request-Id` or a generated one. */
  readonly id: string;
  /** Path of the route as declared, or undefined when called through `PipelineClient`. */
  readonly route?: string;
  /** Path parameters. */
  readonly params: Readonly<Record<string, string>>;
  /** Query parameters. */
  readonly query: Readonly<Record<string, string | readonly string[]>>;
  /** The request headers named in `passHeaders`, lower-case, and `traceparent` if sent. */
  readonly headers: Readonly<Record<string, string>>;
  /** When the answer must be ready, in epoch milliseconds; `Infinity` if there is no limit. */
  readonly deadline: number;
  /** Aborts when nobody waits for this item any more (deadline, disconnect, stage timeout). */
  readonly signal: AbortSignal;
}

/** Call of a streaming stage; `deadline` is that of its first event. @publicApi */
export interface StreamCall<Event extends Streamed = string> extends StageCall {
  /**
   * Sends one event to the client of this item. Wait for the promise before the next one: it resolves when more may be
   * sent, at the pace of the client. When nobody waits for the item any more, it rejects with a `MosecError` of code
   * `CANCELLED` in `forward`, and resolves without effect in `forwardBatch`, for the sake of the other items.
   * @throws TypeError when the event is none, or has a part that cannot be sent
   */
  sendEvent(event: Event): Promise<void>;
  /** `Last-Event-ID` of a reconnecting client; undefined if it sent none. */
  readonly lastEventId?: string;
}
