import { wrong } from './values.js';

const KIB = 1024;
const UNITS: Readonly<Record<string, number>> = { KiB: KIB, MiB: KIB * KIB };

/** @returns bytes */
export function parseSize(flag: string, text: string, most: number): number {
  const [, number = '', unit = ''] = /^(\d+)(KiB|MiB)$/.exec(text) ?? [];
  const bytes = Number(number) * (UNITS[unit] ?? NaN);
  if (bytes >= KIB && bytes <= most) return bytes;
  throw wrong(flag, text, `a size from 1KiB to ${most / (KIB * KIB)}MiB with its unit, such as 512KiB or 64MiB`);
}
