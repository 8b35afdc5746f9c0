/** How severe a line of the log is, least severe first. @publicApi */
export type LogLevel = 'debug' | 'info' | 'warning' | 'error';

/** What a line is about, beside its text. Users' lines may bring more. */
export interface LogFields {
  readonly requestId?: string | undefined;
  readonly traceId?: string | undefined;
  readonly stage?: string | undefined;
  /** Number of the worker within its stage. */
  readonly worker?: number | undefined;
  /** Code of an error. */
  readonly code?: string | undefined;
  readonly [name: string]: unknown;
}

/** Where the engine writes what an operator should read. */
export interface LogSink {
  log(level: LogLevel, message: string, context?: string, fields?: LogFields): void;
}

/** Where a worker writes. */
export interface WorkerLog {
  /** Least severe level that the gateway wants; changes at run time. */
  readonly level: LogLevel;
  log(level: LogLevel, message: string, fields?: LogFields): void;
}
