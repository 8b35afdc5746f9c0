import { Logger } from '@nestjs/common';
import type { LogLevel, LogSink } from '#libs/contracts';

/** Writes what the engine reports to whatever logger the application uses. */
export class NestLogSink implements LogSink {
  private readonly loggers = new Map<string, Logger>();

  log(level: LogLevel, message: string, context = 'Mosec'): void {
    const logger = this.loggers.get(context) ?? new Logger(context);
    this.loggers.set(context, logger);
    if (level === 'error') logger.error(message);
    else if (level === 'warning') logger.warn(message);
    else if (level === 'info') logger.log(message);
    else logger.debug(message);
  }
}
