import { type DaemonOptions } from './daemon-options.interface.js';
import { type OptionKind } from './option-kind.js';

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

export function daemonList(): OptionKind<readonly DaemonOptions[]> {
  return {
    accepts: 'a list of { name, command, args?, env? } with non-empty names and commands',
    fromText: () => undefined,
    fromValue: (value) => (Array.isArray(value) && value.every(isDaemon) ? (value as DaemonOptions[]) : undefined),
  };
}

function isDaemon(value: unknown): boolean {
  const { name, command, args = [] } = (value ?? {}) as Partial<DaemonOptions>;
  return isText(name) && isText(command) && Array.isArray(args) && args.every((arg) => typeof arg === 'string');
}

function isText(value: unknown): boolean {
  return typeof value === 'string' && value.length > 0;
}
