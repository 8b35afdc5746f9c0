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

/** Call of a streaming stage. @publicApi */
export interface StreamCall extends StageCall {
  /** Sends one event; resolves when more may be sent. */
  sendEvent(data: string): Promise<void>;
  /** `Last-Event-ID` of a reconnecting client. */
  readonly lastEventId?: string;
}
