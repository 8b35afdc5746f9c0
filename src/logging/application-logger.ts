import { Logger, type LoggerService } from '@nestjs/common';

const SILENT: LoggerService = { log: () => undefined, error: () => undefined, warn: () => undefined };

/** The logger that Nest uses at present, which building a testing module would replace for the whole process. */
export class ApplicationLogger extends Logger {
  static get current(): LoggerService {
    return this.staticInstanceRef ?? SILENT;
  }
}
