/** What enters a pipeline: bytes, the formats of both edges, and how long the answer may take. */
export interface PipelineRequest {
  readonly payload: Uint8Array;
  readonly inputFormat: number;
  readonly outputFormat: number;
  /** JSON text of a `CallContext`. */
  readonly context: string;
  /** Epoch milliseconds; `Infinity` if there is no limit. */
  readonly deadline: number;
}
