/** The type alone, in lower case: `text/plain` of `Text/Plain; charset=utf-8`. */
export function bareType(mediaType: string): string {
  const end = mediaType.indexOf(';');
  return (end < 0 ? mediaType : mediaType.slice(0, end)).trim().toLowerCase();
}

/** Whether a type is in a range, e.g. in `image/*`, or is the same. */
export function inRange(type: string, range: string): boolean {
  if (type === range || range === '*/*') return true;
  return range.endsWith('/*') && type.startsWith(range.slice(0, -1));
}
