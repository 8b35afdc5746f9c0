/** One event of a stream. @publicApi */
export interface StreamEvent<T = unknown> {
  /** What the client reads: a string as it is, over as many lines as it has; anything else as JSON. */
  readonly data: T;
  /** Name of the event, without line breaks. @default none, which clients read as `message` */
  readonly event?: string;
  /** What a reconnecting client sends as `Last-Event-ID`; without line breaks and NUL. @default none */
  readonly id?: string;
  /** How long a client waits before it reconnects, in whole milliseconds. @default none */
  readonly retry?: number;
}

/** What a streaming stage may send: a text, or an event with its data and more. @publicApi */
export type Streamed = string | StreamEvent;
