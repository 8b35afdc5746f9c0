/** How severe a line of the log is, least severe first. @publicApi */
export type LogLevel = 'debug' | 'info' | 'warning' | 'error';

/** Where the engine writes what an operator should read. */
export interface LogSink {
  log(level: LogLevel, message: string, context?: string): void;
}
