import type { TraceCarrier } from './request-tracer.js';
import type { SharedBytes } from './shared-bytes.js';

/** Format of a payload that is not one of the stage's codecs: the self-describing hand-over between stages. */
export const HOP_FORMAT = 255;

/**
 * Format of a result: the hand-over, put into a store outside of the frames; the payload is its handle. The next stage
 * gets that as `HOP_FORMAT`: the first byte tells a handle from a value.
 */
export const STORED_FORMAT = 254;

/** One item on its way to a worker. The gateway never looks into `payload`. */
export interface WorkItem {
  readonly payload: Uint8Array;
  /** Set when the payload lies in shared memory: these are its bytes. */
  readonly shared?: SharedBytes | undefined;
  /** Index into the receiving stage's codecs, format of a codec of the package, or `HOP_FORMAT`. */
  readonly inputFormat: number;
  /** Format wanted for the result: as for the input, or `STORED_FORMAT`. */
  readonly outputFormat: number;
  /** Format of the item's events: index into the formats of the codec lib, or `HOP_FORMAT`. @default 0 */
  readonly eventFormat?: number | undefined;
  /** JSON text of a `CallContext`. */
  readonly context: string;
  /** Epoch milliseconds; `Infinity` if there is no limit. */
  readonly deadline: number;
}

/** The part of a `StageCall` that travels as text. Absent members are empty. */
export interface CallContext {
  readonly id: string;
  readonly route?: string;
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string | readonly string[]>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** `Last-Event-ID` of the request, for a streaming stage. */
  readonly lastEventId?: string;
  /** `Content-Type` of the request, for its codec. */
  readonly contentType?: string;
  /** The trace of the batch, with its first item. */
  readonly batchTrace?: TraceCarrier;
}
