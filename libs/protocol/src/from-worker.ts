import { decodeControl, type FromWorker } from './control-message.js';
import type { Frame } from './frame.js';
import { ProtocolError } from './protocol.error.js';

const LEVELS: ReadonlySet<unknown> = new Set(['debug', 'info', 'warning', 'error']);

/**
 * A worker's control message. User code runs in that process, so nothing is taken for granted.
 * @throws ProtocolError when it is none, or its fields are not what its kind has
 */
export function decodeFromWorker(frame: Frame): FromWorker {
  const message = decodeControl<FromWorker>(frame);
  if (isSound(message)) return message;
  throw new ProtocolError(`control message of kind ${JSON.stringify(message.kind)} is malformed`);
}

function isSound(message: FromWorker): boolean {
  switch (message.kind) {
    case 'ready':
      return (
        isAmount(message.loadMs) &&
        isAmount(message.warmUpMs) &&
        areTexts(message.examples ?? []) &&
        isFlag(message.sharedMemory)
      );
    case 'failed':
      return typeof message.reason === 'string';
    case 'usage':
      return isAmount(message.rssBytes);
    case 'metrics':
      return typeof message.report === 'string';
    case 'log':
      return LEVELS.has(message.level) && typeof message.message === 'string' && areFields(message.fields);
    default:
      return false;
  }
}

function isAmount(value: unknown): boolean {
  return typeof value === 'number' && value >= 0;
}

function isFlag(value: unknown): boolean {
  return value === undefined || typeof value === 'boolean';
}

function areFields(value: unknown): boolean {
  return value === undefined || (typeof value === 'object' && value !== null && !Array.isArray(value));
}

function areTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every((text) => typeof text === 'string');
}
