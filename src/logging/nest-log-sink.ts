import { Logger, type LoggerService } from '@nestjs/common';
import type { LogFields, LogLevel, LogSink } from '#libs/contracts';
import { ApplicationLogger } from './application-logger.js';
import { fieldsFirst } from './fields-first.js';

const METHODS = { error: 'error', warning: 'warn', info: 'log', debug: 'debug' } as const;

/** Writes what the engine reports to whatever logger the application uses. */
export class NestLogSink implements LogSink {
  private readonly loggers = new Map<string, Logger>();

  log(level: LogLevel, message: string, context = 'Mosec', fields?: LogFields): void {
    const logger: LoggerService = this.loggers.get(context) ?? new Logger(context);
    this.loggers.set(context, logger as Logger);
    const write = METHODS[level];
    const given = fields && present(fields);
    if (!given) logger[write]?.(message);
    else if (fieldsFirst(ApplicationLogger.current)) logger[write]?.(given, message);
    else logger[write]?.(message, given);
  }
}

/** Loggers would write down what is undefined. */
function present(fields: LogFields): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
