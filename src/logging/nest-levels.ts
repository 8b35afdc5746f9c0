import type { LogLevel as NestLevel } from '@nestjs/common';
import type { LogLevel } from '#libs/contracts';

const NEST_LEVELS: Readonly<Record<LogLevel, readonly NestLevel[]>> = {
  debug: ['verbose', 'debug', 'log', 'warn', 'error', 'fatal'],
  info: ['log', 'warn', 'error', 'fatal'],
  warning: ['warn', 'error', 'fatal'],
  error: ['error', 'fatal'],
};

/** The levels of Nest that are written from `level` on. */
export function nestLevels(level: LogLevel): NestLevel[] {
  return [...NEST_LEVELS[level]];
}
