import { UsageError } from '../usage.error.js';

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };
/** Timers of Node go no further. */
const LONGEST_MS = 24 * 3_600_000;

/** @returns milliseconds */
export function parseTime(flag: string, text: string, fewestMs: number): number {
  const [, number = '', unit = ''] = /^(\d+(?:\.\d+)?)(ms|s|m|h)$/.exec(text) ?? [];
  const ms = Number(number) * (UNITS[unit] ?? NaN);
  if (ms >= fewestMs && ms <= LONGEST_MS) return ms;
  throw wrong(flag, text, `a time from ${fewestMs}ms to 24h with its unit, such as 500ms, 30s or 2m`);
}

export function parseCount(flag: string, text: string, most: number): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= 1 && value <= most) return value;
  throw wrong(flag, text, `a whole number from 1 to ${most}`);
}

export function parseRate(flag: string, text: string, most: number): number {
  const value = Number(text);
  if (/^\d+(\.\d+)?$/.test(text) && value > 0 && value <= most) return value;
  throw wrong(flag, text, `a number of requests per second above 0 and up to ${most}`);
}

/** @returns 0 to 1 */
export function parsePercent(flag: string, text: string): number {
  const value = Number(text.replace(/%$/, ''));
  if (/^\d+(\.\d+)?%$/.test(text) && value <= 100) return value / 100;
  throw wrong(flag, text, 'a part of the requests up to 100%, such as 99.5%');
}

/** @returns the values from `from` to `to`, in even steps */
export function parseRamp(flag: string, text: string, parse: (value: string) => number): number[] {
  const [from = '', to = '', steps = '', ...rest] = text.split(':');
  if (rest.length > 0 || !/^\d+$/.test(steps) || Number(steps) < 2 || Number(steps) > MOST_STEPS) {
    throw wrong(flag, text, `FROM:TO:STEPS with 2 to ${MOST_STEPS} steps, such as 50:500:10`);
  }
  const [first, last, gaps] = [parse(from), parse(to), Number(steps) - 1];
  return Array.from({ length: gaps + 1 }, (_, step) => first + ((last - first) * step) / gaps);
}

/** More make no plot that can be read. */
const MOST_STEPS = 100;

export function wrong(flag: string, text: string, accepted: string): UsageError {
  return new UsageError(`--${flag} "${text}" cannot be used: it has to be ${accepted}.`);
}
