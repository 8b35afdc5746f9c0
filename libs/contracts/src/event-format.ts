import type { Streamed } from './stream-event.js';

/** How events are written, one after the other, into the body of an answer. */
export interface EventFormat {
  readonly mediaType: string;
  /** Nothing to a reader: keeps the connection busy. */
  readonly comment: string;
  /** @throws TypeError when the event has a part that the format has no form for */
  write(event: Streamed): string;
}
