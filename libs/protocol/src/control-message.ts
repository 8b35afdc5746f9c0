import type { LogFields, LogLevel } from '#libs/contracts';
import { FrameType, HEADER_BYTES, writeHeader, type Frame } from './frame.js';
import { MAX_CONTROL_BYTES } from './limits.js';
import { ProtocolError } from './protocol.error.js';

/** Where a worker finds a stage class. */
export interface StageAddress {
  /** URL of the module that declares the class. */
  readonly file: string;
  readonly className: string;
}

/** A stage before, whose file a worker imports to read what it hands over. */
export interface HopSenderAddress extends StageAddress {
  /** Number of the store that it puts values into; absent where they come in the frames. */
  readonly store?: number | undefined;
}

/** First message to a worker: which stage it is to be. */
export interface InitMessage extends StageAddress {
  readonly kind: 'init';
  /** Name of the pool, as in logs and metrics. */
  readonly stage: string;
  readonly workerId: number;
  readonly maxBatchSize: number;
  /** Workers of the stage, this one included. @default 1 */
  readonly replicas?: number;
  /** Calls of the stage at the same time. @default 1 */
  readonly maxConcurrency?: number;
  /** Formats of codecs of the package that routes ask for besides those of the stage. */
  readonly routeFormats?: readonly number[];
  /** Stages that hand over to this one in a codec that users wrote, or through a store. */
  readonly hopSenders?: readonly HopSenderAddress[];
  /** Number of the store that this stage puts values into, where it is asked for `STORED_FORMAT`. */
  readonly store?: number | undefined;
  readonly logLevel: LogLevel;
  /** Make spans of the calls of the stage. */
  readonly tracing?: boolean;
  /** Send the examples along with the ready message: for a dry run. */
  readonly sendExamples: boolean;
  /** Most series that a report of the metrics may have. @default 0 */
  readonly maxSeries?: number;
  /** Report the use of memory from time to time. */
  readonly reportUsage: boolean;
  /** The memory at the inherited descriptor for it; absent where payloads travel in the frames alone. */
  readonly sharedMemory?: {
    readonly sizeBytes: number;
    readonly thresholdBytes: number;
    /** To a thread: where its process has the memory mapped, in decimal digits. */
    readonly address?: string;
  };
}

export interface StopMessage {
  readonly kind: 'stop';
}

/** Asks for the metrics; a worker answers when it comes to it. */
export interface ScrapeMessage {
  readonly kind: 'scrape';
}

/** From now on the worker sends lines of this level and more severe ones. */
export interface LogLevelMessage {
  readonly kind: 'log-level';
  readonly level: LogLevel;
}

/** The worker has loaded its stage and run the examples. */
export interface ReadyMessage {
  readonly kind: 'ready';
  /** Milliseconds from the init message to the constructed stage. */
  readonly loadMs: number;
  /** Milliseconds spent on the examples; 0 without any. */
  readonly warmUpMs: number;
  /** Hand-over payloads of the example items, in base64. */
  readonly examples?: readonly string[];
  /** The worker reads and fills slots of the shared memory. */
  readonly sharedMemory?: boolean;
}

/** The stage cannot be served; the worker exits. */
export interface FailedMessage {
  readonly kind: 'failed';
  readonly reason: string;
}

export interface UsageMessage {
  readonly kind: 'usage';
  readonly rssBytes: number;
}

export interface LogMessage {
  readonly kind: 'log';
  readonly level: LogLevel;
  readonly message: string;
  /** What the line says besides, as JSON has it. */
  readonly fields?: LogFields | undefined;
}

/** What the metrics of the worker say; also its last word where it was asked before. See `metrics-text.ts`. */
export interface MetricsMessage {
  readonly kind: 'metrics';
  readonly report: string;
}

export type ToWorker = InitMessage | StopMessage | ScrapeMessage | LogLevelMessage;
export type FromWorker = ReadyMessage | FailedMessage | UsageMessage | LogMessage | MetricsMessage;

export function encodeControl(message: ToWorker | FromWorker): Buffer {
  const text = JSON.stringify(message);
  const bodyBytes = Buffer.byteLength(text);
  const frame = Buffer.allocUnsafe(HEADER_BYTES + bodyBytes);
  writeHeader(frame, bodyBytes, FrameType.Control, 0, 0, 0);
  frame.write(text, HEADER_BYTES, 'utf8');
  return frame;
}

/** @throws ProtocolError when the frame holds no control message */
export function decodeControl<M extends ToWorker | FromWorker>({ body }: Frame): M {
  if (body.length > MAX_CONTROL_BYTES) throw new ProtocolError('control message is too long');
  try {
    const message: unknown = JSON.parse(body.toString());
    if (typeof message === 'object' && message !== null && 'kind' in message) return message as M;
  } catch (cause) {
    throw new ProtocolError('control message is not JSON', { cause });
  }
  throw new ProtocolError('control message has no kind');
}
