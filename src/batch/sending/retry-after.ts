/**
 * @param value of the header `Retry-After`: seconds or a date (RFC 9110, 10.2.3)
 * @returns milliseconds from `now`, or undefined if the header says nothing that can be used
 */
export function retryAfterMs(value: string | undefined, now: number): number | undefined {
  if (value === undefined) return undefined;
  if (/^\d+$/.test(value.trim())) return Number(value) * 1000;
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
