import { element } from './element.js';

const STREAMS = /^(text\/event-stream|application\/(x-)?ndjson|application\/jsonl)\b/;
/** Lines that stay on the page, of a stream that may have no end. */
const KEPT = 1000;

export const isStream = (mediaType) => STREAMS.test(mediaType);

/** Shows each line as it comes, without the empty ones between events. @returns how many there were */
export async function showEvents(place, body) {
  const list = element('ol', { class: 'events', tabindex: 0, 'aria-label': 'Lines of the stream' });
  place.append(list);
  let count = 0;
  for await (const line of linesOf(body)) {
    // A line that begins with a colon is a comment, which keeps the connection open.
    if (line === '' || line.startsWith(':')) continue;
    count++;
    list.append(element('li', { value: count }, line));
    if (list.children.length > KEPT) list.firstElementChild.remove();
    list.scrollTop = list.scrollHeight;
  }
  return count;
}

async function* linesOf(body) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    const lines = (rest + value).split(/\r?\n/);
    rest = lines.pop();
    yield* lines;
  }
  if (rest) yield rest;
}
