import type { LoggerService } from '@nestjs/common';
import type { LogFields, LogLevel, WorkerLog } from '#libs/contracts';

const RANK: Record<LogLevel, number> = { debug: 0, info: 1, warning: 2, error: 3 };

/** What Nest says while it builds a container is of no interest once per worker. */
const NEST_CONTEXTS = new Set(['NestFactory', 'InstanceLoader']);

/** Nest's logger in a worker: every line goes to the gateway, which writes one log for all processes. */
export class WorkerLogger implements LoggerService {
  constructor(private readonly to: WorkerLog) {}

  log(message: unknown, ...parameters: unknown[]): void {
    this.write('info', message, parameters);
  }
  fatal(message: unknown, ...parameters: unknown[]): void {
    this.write('error', message, parameters);
  }
  error(message: unknown, ...parameters: unknown[]): void {
    this.write('error', message, parameters);
  }
  warn(message: unknown, ...parameters: unknown[]): void {
    this.write('warning', message, parameters);
  }
  debug(message: unknown, ...parameters: unknown[]): void {
    this.write('debug', message, parameters);
  }
  verbose(message: unknown, ...parameters: unknown[]): void {
    this.write('debug', message, parameters);
  }

  /** Nest passes the context last, the stack of an error before it, and plain objects as what the line says besides. */
  private write(level: LogLevel, message: unknown, parameters: readonly unknown[]): void {
    const fields = parameters.filter(isFields);
    const texts = [message, ...parameters.filter((part) => part !== undefined && !isFields(part))].map(toText);
    const context = texts.length > 1 && typeof parameters.at(-1) === 'string' ? texts.pop() : undefined;
    const actual = context !== undefined && NEST_CONTEXTS.has(context) && level === 'info' ? 'debug' : level;
    if (RANK[actual] < RANK[this.to.level]) return;
    const text = (context ? `[${context}] ` : '') + texts.join('\n');
    this.to.log(actual, text, fields.length > 0 ? (Object.assign({}, ...fields) as LogFields) : undefined);
  }
}

/** A plain object that can go to the gateway. */
function isFields(part: unknown): part is LogFields {
  if (typeof part !== 'object' || part === null || Object.getPrototypeOf(part) !== Object.prototype) return false;
  try {
    return JSON.stringify(part) !== undefined;
  } catch {
    return false;
  }
}

function toText(part: unknown): string {
  if (typeof part === 'string') return part;
  if (part instanceof Error) return part.stack ?? part.message;
  try {
    return JSON.stringify(part) ?? String(part);
  } catch {
    return String(part);
  }
}
