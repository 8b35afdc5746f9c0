import type { RequestTrace, SharedBytes, StageTiming } from '#libs/contracts';
import type { StreamRequest } from './stream-request.js';

/** What enters a pipeline: bytes, the formats of both edges, and how long the answer may take. */
export interface PipelineRequest {
  readonly payload: Uint8Array;
  /** Set when the payload lies in shared memory; held by the caller while it submits. */
  readonly shared?: SharedBytes | undefined;
  readonly inputFormat: number;
  readonly outputFormat: number;
  /** Path of the route that it came by, as served: each takes turns with the others. Absent of a caller in here. */
  readonly route?: string;
  /** JSON text of a `CallContext`. */
  readonly context: string;
  /** Epoch milliseconds; `Infinity` if there is no limit. */
  readonly deadline: number;
  /** Where the last stage streams; then the deadline is that of the first event. Without it, events are dropped. */
  readonly stream?: StreamRequest | undefined;
  /** Gets the times at each stage, in order; absent where nobody wants to know. */
  readonly timings?: StageTiming[] | undefined;
  /** Told of each stage after the first that the request comes to, by its index. */
  readonly onStage?: ((stage: number) => void) | undefined;
  /** Absent where requests are not traced. */
  readonly trace?: RequestTrace | undefined;
}
