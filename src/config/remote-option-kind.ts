import { redisAddress } from '#libs/contracts';
import type { RemoteOptions } from '#libs/remote';
import { type OptionKind } from './option-kind.js';

/** Node's timers fire at once beyond this. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;
/** Shorter times would take hosts for dead that are only busy. */
const SHORTEST_STALL_MS = 300;

export function remote(): OptionKind<RemoteOptions | false> {
  return {
    isSecret: true,
    accepts:
      'false, or { redis, prefix?, stages?, stalledMs?, timeoutMs?, ttlMs?, options? } with the url of a Redis such as ' +
      `"redis://host:6379", names of stages, and whole milliseconds (stalledMs from ${SHORTEST_STALL_MS})`,
    fromText: () => undefined,
    fromValue: (value) => (value === false || isRemote(value) ? (value as RemoteOptions | false) : undefined),
  };
}

function isRemote(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const { redis, prefix = 'x', stages = [], options = {}, ...times } = value as Partial<RemoteOptions>;
  const { stalledMs = SHORTEST_STALL_MS, timeoutMs = 1, ttlMs = 1 } = times;
  const isNamed = isText(prefix) && Array.isArray(stages) && stages.every(isText);
  const isTimed = isWhole(stalledMs, SHORTEST_STALL_MS) && isWhole(timeoutMs, 1) && isWhole(ttlMs, 1);
  return redisAddress(redis) !== undefined && isNamed && isTimed && typeof options === 'object';
}

function isWhole(value: unknown, min: number): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= min && value <= LONGEST_TIMER_MS;
}

function isText(value: unknown): boolean {
  return typeof value === 'string' && value.length > 0;
}
