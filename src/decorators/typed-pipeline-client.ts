/** Limits of one call through a `PipelineClient`. @publicApi */
export interface RunOptions {
  /** Cancels the call: queued work is dropped, a running stage sees its `signal`. */
  readonly signal?: AbortSignal;
  /**
   * Limit in milliseconds through all stages.
   * @default the server's `--timeout`, 3000
   */
  readonly timeoutMs?: number;
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

  /** Sends one item through a pipeline whose last stage streams. Leaving the loop cancels the call. */
  abstract readonly stream: [Event] extends [never] ? never : (input: In, options?: RunOptions) => AsyncIterable<Event>;
}
