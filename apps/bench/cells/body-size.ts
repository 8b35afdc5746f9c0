const UNITS = [
  ['m', 'MB', 1_000_000],
  ['k', 'KB', 1_000],
] as const;

/** `20`, `10k`, `1m` in bytes; NaN for anything else. Units are decimal: `10m` stays below a limit of 10 MiB. */
export function parseBodySize(text: string): number {
  const [, digits, unit] = /^(\d+)([km]?)$/i.exec(text) ?? [];
  const factor = UNITS.find(([letter]) => letter === unit?.toLowerCase())?.[2] ?? 1;
  return digits === undefined ? NaN : Number(digits) * factor;
}

/** `20 B`, `10 KB`, `1 MB`. */
export function formatBodySize(bytes: number): string {
  const [, name, factor] = UNITS.find(([, , size]) => bytes >= size) ?? ['', 'B', 1];
  return `${bytes / factor} ${name}`;
}
