import { describe, expect, it } from 'vitest';
import { EVENT_FORMATS } from './event-formats.fixture.js';
import { eventFormatFor } from './event-format-for.js';

describe('when a client says what it accepts', () => {
  it.each([
    [undefined, 'text/event-stream'],
    ['*/*', 'text/event-stream'],
    ['text/event-stream', 'text/event-stream'],
    ['application/json', 'text/event-stream'],
    ['text/html, nonsense', 'text/event-stream'],
    ['application/x-ndjson', 'application/x-ndjson'],
    ['application/x-ndjson;q=0.9, text/event-stream;q=0.1', 'application/x-ndjson'],
    ['application/*', 'application/x-ndjson'],
  ])('should stream to "%s" as %s', (accept, mediaType) => {
    expect(EVENT_FORMATS[eventFormatFor(accept, EVENT_FORMATS)]?.mediaType).toBe(mediaType);
  });
});
