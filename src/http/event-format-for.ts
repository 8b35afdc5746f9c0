import Negotiator from 'negotiator';
import type { EventFormat } from '#libs/contracts';

/** Index of the format that a client prefers; the first where it asks for none of them. */
export function eventFormatFor(accept: string | undefined, formats: readonly EventFormat[]): number {
  if (accept === undefined) return 0;
  const types = formats.map(({ mediaType }) => mediaType);
  const [preferred = ''] = new Negotiator({ headers: { accept } }).mediaTypes(types);
  return Math.max(0, types.indexOf(preferred));
}
