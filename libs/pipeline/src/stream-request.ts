/** What a request wants to know of the events of its last stage. */
export interface StreamRequest {
  /** Format of the events, as in `WorkItem`. */
  readonly eventFormat: number;
  /** Limit of the whole stream in milliseconds, from the submission on; `Infinity` if there is none. */
  readonly timeoutMs: number;
  /** Limit of the time between two events in milliseconds; `Infinity` if there is none. */
  readonly idleTimeoutMs: number;
  /**
   * Takes so many events, before the request is answered; the bytes are valid during the call. `Task.consumed` says when
   * they have been read: the stage waits for that.
   */
  readonly onEvents: (payload: Uint8Array, count: number) => void;
}
