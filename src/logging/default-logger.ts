import { ConsoleLogger } from '@nestjs/common';
import type { ResolvedOptions } from '../config/resolved-options.interface.js';
import { nestLevels } from './nest-levels.js';

/** The logger of an application that names none: JSON lines, one per event, unless a person is looking. */
export function defaultLogger({ logFormat, logLevel }: Pick<ResolvedOptions, 'logFormat' | 'logLevel'>): ConsoleLogger {
  const json = logFormat === 'auto' ? !process.stdout.isTTY : logFormat === 'json';
  // Colours are for terminals; there Nest knows whether they are wanted.
  const colors = process.stdout.isTTY ? {} : { colors: false };
  return new ConsoleLogger({ json, ...colors, flattenParams: true, logLevels: nestLevels(logLevel) });
}
