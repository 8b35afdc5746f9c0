import type { EventFormat } from '#libs/contracts';
import { jsonOf, requireEvent } from './event-text.js';

/** One JSON object a line, with the same parts as a server-sent event: https://github.com/ndjson/ndjson-spec */
export const ndjson: EventFormat = {
  mediaType: 'application/x-ndjson',
  comment: '\n',
  write(sent) {
    const { data, event, id, retry } = requireEvent(sent);
    // A value that JSON has no form for would leave an object without data.
    if (typeof data !== 'string') jsonOf(data);
    return `${JSON.stringify({ event, id, retry, data })}\n`;
  },
};
