const DIGITS = 3;

/** A number with about three digits that mean something. */
export function digits(value: number): string {
  if (value === 0) return '0';
  const decimals = Math.min(DIGITS, Math.max(0, DIGITS - 1 - Math.floor(Math.log10(Math.abs(value)))));
  return value
    .toFixed(decimals)
    .replace(/(\.\d*?)0+$/, '$1')
    .replace(/\.$/, '');
}

const SECOND = 1000;

/** Milliseconds, or seconds from ten of them on. */
export function time(ms: number): string {
  return ms >= 10 * SECOND ? `${digits(ms / SECOND)} s` : `${digits(ms)} ms`;
}

export const percent = (part: number): string => `${digits(Math.floor(part * 100_000) / 1000)} %`;

const KIB = 1024;

export function bytes(count: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  const power = count > 0 ? Math.min(units.length - 1, Math.floor(Math.log(count) / Math.log(KIB))) : 0;
  return `${digits(count / KIB ** power)} ${units[power] ?? ''}`;
}
