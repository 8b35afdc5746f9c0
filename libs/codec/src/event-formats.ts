import { HOP_FORMAT, type EventFormat } from '#libs/contracts';
import { hopEvents } from './hop.format.js';
import { ndjson } from './ndjson.format.js';
import { sse } from './sse.format.js';

/** The formats of event streams over HTTP, the default first; the `eventFormat` of an item is an index into them. */
export const EVENT_FORMATS: readonly EventFormat[] = [sse, ndjson];

export function eventFormatOf(index = 0): EventFormat {
  const format = index === HOP_FORMAT ? hopEvents : EVENT_FORMATS[index];
  if (!format) throw new RangeError(`there is no event format number ${index}`);
  return format;
}
