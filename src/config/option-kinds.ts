import { type DaemonOptions } from './daemon-options.interface.js';
import { type OptionKind } from './option-kind.js';
import { type ReadinessCheck } from './readiness-check.interface.js';
import { type SharedMemoryOptions } from './shared-memory-options.interface.js';

const SWITCH_TEXTS: Readonly<Record<string, boolean>> = { true: true, '1': true, false: false, '0': false };

interface IntegerRange {
  readonly min: number;
  readonly max: number;
  /** Unit in the plural, for messages. */
  readonly unit?: string;
  readonly placeholder: string;
}

export function integer({ min, max, unit, placeholder }: IntegerRange): OptionKind<number> {
  const fromValue = (value: unknown): number | undefined =>
    typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max ? value : undefined;
  return {
    accepts: `a whole number${unit ? ` of ${unit}` : ''} from ${min} to ${max}`,
    placeholder,
    fromValue,
    fromText: (text) => (/^\d+$/.test(text) ? fromValue(Number(text)) : undefined),
  };
}

/** A text that fits `pattern`. */
export function text(accepts: string, placeholder: string, pattern: RegExp): OptionKind<string> {
  const fromValue = (value: unknown): string | undefined =>
    typeof value === 'string' && pattern.test(value) ? value : undefined;
  return { accepts, placeholder, fromValue, fromText: fromValue };
}

export function choice<const T extends string>(placeholder: string, values: readonly T[]): OptionKind<T> {
  const fromValue = (value: unknown): T | undefined => values.find((known) => known === value);
  const quoted = values.map((value) => `"${value}"`);
  return {
    accepts: `${quoted.slice(0, -1).join(', ')} or ${quoted.at(-1)}`,
    placeholder,
    fromValue,
    fromText: fromValue,
  };
}

export function toggle(): OptionKind<boolean> {
  return {
    accepts: 'true, false, 1 or 0',
    fromText: (spelled) => (Object.hasOwn(SWITCH_TEXTS, spelled) ? SWITCH_TEXTS[spelled] : undefined),
    fromValue: (value) => (typeof value === 'boolean' ? value : undefined),
  };
}

/** Names with commas between them, or a list of them. */
export function nameList(): OptionKind<readonly string[]> {
  const fromText = (spelled: string): readonly string[] | undefined => {
    const names = spelled.split(',').map((name) => name.trim());
    return names.every(isText) ? names : undefined;
  };
  const fromValue = (value: unknown): readonly string[] | undefined =>
    Array.isArray(value) && value.every(isText) ? (value as string[]) : undefined;
  return {
    accepts: 'names with commas between them, as "Detect,Recognise"',
    placeholder: 'NAMES',
    fromText,
    fromValue,
  };
}

export function daemonList(): OptionKind<readonly DaemonOptions[]> {
  return {
    accepts: 'a list of { name, command, args?, env? } with non-empty names and commands',
    fromText: () => undefined,
    fromValue: (value) => (Array.isArray(value) && value.every(isDaemon) ? (value as DaemonOptions[]) : undefined),
  };
}

export function readinessCheckList(): OptionKind<readonly ReadinessCheck[]> {
  return {
    accepts: 'a list of { name, check, timeoutMs? } with non-empty names, functions, and whole milliseconds from 1',
    fromText: () => undefined,
    fromValue: (value) => (Array.isArray(value) && value.every(isCheck) ? (value as ReadinessCheck[]) : undefined),
  };
}

/** The smallest memory that can be shared, and the largest that handles can point into, in bytes. */
const SMALLEST_MEMORY = 1 << 20;
const LARGEST_MEMORY = 2 ** 38;
/** Node's timers fire at once beyond this. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;
const LARGEST_PAYLOAD = 2 ** 31 - 1;

export function sharedMemory(): OptionKind<SharedMemoryOptions | false> {
  const isMemory = (value: unknown): boolean => {
    if (typeof value !== 'object' || value === null) return false;
    const { sizeBytes = SMALLEST_MEMORY, thresholdBytes = 1 } = value as SharedMemoryOptions;
    return isWhole(sizeBytes, SMALLEST_MEMORY, LARGEST_MEMORY) && isWhole(thresholdBytes, 1, LARGEST_PAYLOAD);
  };
  return {
    accepts: `false, or { sizeBytes, thresholdBytes } with whole numbers of bytes and sizeBytes from ${SMALLEST_MEMORY}`,
    fromText: () => undefined,
    fromValue: (value) => (value === false || isMemory(value) ? (value as SharedMemoryOptions | false) : undefined),
  };
}

function isWhole(value: unknown, min: number, max: number): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max;
}

function isDaemon(value: unknown): boolean {
  const { name, command, args = [] } = (value ?? {}) as Partial<DaemonOptions>;
  return isText(name) && isText(command) && Array.isArray(args) && args.every((arg) => typeof arg === 'string');
}

function isCheck(value: unknown): boolean {
  const { name, check, timeoutMs = 1 } = (value ?? {}) as Partial<ReadinessCheck>;
  return isText(name) && typeof check === 'function' && isWhole(timeoutMs, 1, LONGEST_TIMER_MS);
}

function isText(value: unknown): boolean {
  return typeof value === 'string' && value.length > 0;
}
