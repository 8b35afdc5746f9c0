import type { EventFormat } from '#libs/contracts';
import { jsonOf, requireEvent } from './event-text.js';

const NEWLINE = /\r\n|\r|\n/;

/** Server-sent events: https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream */
export const sse: EventFormat = {
  mediaType: 'text/event-stream',
  comment: ':\n\n',
  write(sent) {
    if (typeof sent === 'string') return `${dataLines(sent)}\n`;
    const { data, event, id, retry } = requireEvent(sent);
    const head = field('event', event) + field('id', id) + field('retry', retry);
    return `${head}${dataLines(typeof data === 'string' ? data : jsonOf(data))}\n`;
  },
};

function field(name: string, value: string | number | undefined): string {
  return value === undefined ? '' : `${name}: ${value}\n`;
}

function dataLines(text: string): string {
  if (!NEWLINE.test(text)) return `data: ${text}\n`;
  return text
    .split(NEWLINE)
    .map((line) => `data: ${line}\n`)
    .join('');
}
