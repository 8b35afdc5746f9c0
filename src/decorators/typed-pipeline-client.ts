/** Limits of one call through a `PipelineClient`. @publicApi */
export interface RunOptions {
  /** Cancels the call: queued work is dropped, a running stage sees its `signal`. */
  readonly signal?: AbortSignal;
  /**
   * Limit in milliseconds through all stages.
   * @default the server's `--timeout`, 3000
   */
  readonly timeoutMs?: number;
  /**
   * What stages see as `call.id`.
   * @default a new one
   */
  readonly id?: string;
}

/** Limits of one stream through a `PipelineClient`; `timeoutMs` is that of its first event. @publicApi */
export interface StreamRunOptions extends RunOptions {
  /**
   * Limit of the whole stream in milliseconds; 0: none.
   * @default the server's `streamTimeoutMs`, 0
   */
  readonly streamTimeoutMs?: number;
  /**
   * Limit of the time between two events in milliseconds, while one is asked for; 0: none.
   * @default the server's `streamIdleTimeoutMs`, 60000
   */
  readonly streamIdleTimeoutMs?: number;
  /**
   * What the stage sees as `call.lastEventId`.
   * @default none
   */
  readonly lastEventId?: string;
}

/**
 * Calls a pipeline from within the application, without HTTP. Write it as `PipelineClient<…>`.
 *
 * `Event` is invariant, so that a pipeline that does not stream cannot pass for one that does.
 * @publicApi
 */
export abstract class TypedPipelineClient<in In, out Out, in out Event = never> {
  /**
   * Sends one item through all stages.
   * @throws MosecError the error that would have decided the answer over HTTP
   */
  abstract readonly run: [Event] extends [never] ? (input: In, options?: RunOptions) => Promise<Out> : never;

  /**
   * Sends one item through a pipeline whose last stage streams, once the first event is asked for. The stage goes on as the
   * events are read. Leaving the loop cancels the call; an error of it is thrown into the loop.
   * @throws MosecError the error that would have decided the answer, or the error event, over HTTP
   */
  abstract readonly stream: [Event] extends [never]
    ? never
    : (input: In, options?: StreamRunOptions) => AsyncIterable<Event>;
}
