import type { MosecError } from './errors/mosec.error.js';
import type { ReleaseReason } from './wait-policy.js';

/** What of a trace travels to another process, by the names of headers: `traceparent`, and what else the SDK sends. */
export type TraceCarrier = Readonly<Record<string, string>>;

/** A request as it comes in. */
export interface TracedRequest {
  readonly pipeline?: string | undefined;
  readonly requestId: string;
  /** In epoch milliseconds. */
  readonly startedAt: number;
  /** Absent of a caller in this process. */
  readonly http?: {
    readonly method: string;
    /** Path of the route as declared. */
    readonly route: string;
    readonly url: string;
    readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  };
}

/** The trace of one request. */
export interface RequestTrace {
  /** For the stages. */
  readonly carrier: TraceCarrier;
  /** The first call counts. @param stage where it was */
  failed(error: MosecError, stage?: string): void;
  /** The first call counts. @param statusCode of the HTTP answer, if there was one */
  end(statusCode?: number): void;
}

/** A batch that is about to be sent to a worker. */
export interface TracedBatch {
  readonly stage: string;
  readonly workerId: number;
  readonly items: readonly { readonly arrivedAt: number; readonly trace?: RequestTrace | undefined }[];
  /** In epoch milliseconds. */
  readonly sentAt: number;
  readonly reason: ReleaseReason | 'retry';
}

export interface BatchTrace {
  /** For the worker. */
  readonly carrier: TraceCarrier;
  /** @param at epoch milliseconds @param failure why its worker died with it */
  end(at: number, failure?: string): void;
}

/** Makes the spans of requests in the gateway; there is one where tracing is on. */
export interface RequestTracer {
  begin(request: TracedRequest): RequestTrace;
  batch(batch: TracedBatch): BatchTrace;
  /** Has what was recorded sent off; never rejects, and does not take long. */
  flush(): Promise<void>;
}

/** Makes the spans of the calls of a stage, where it runs. */
export interface ForwardTracer {
  /** Runs `call` in a span of its own, which ends with the promise if that is what it returns. */
  forward<T>(batch: TraceCarrier | undefined, size: number, call: () => T): T;
}
