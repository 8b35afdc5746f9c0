import type { EventFormat, Streamed } from '#libs/contracts';
import { jsonOf, requireEvent } from './event-text.js';

/** Events for a caller in the gateway: each as it was sent, as JSON, a line each. */
export const hopEvents: EventFormat = {
  mediaType: 'application/x-ndjson',
  comment: '',
  write(sent) {
    if (typeof sent !== 'string') jsonOf(requireEvent(sent).data);
    return `${JSON.stringify(sent)}\n`;
  },
};

/** The events that were written one after the other by `hopEvents`. */
export function readHopEvents(payload: Uint8Array): Streamed[] {
  const lines = Buffer.from(payload.buffer, payload.byteOffset, payload.length).toString().split('\n');
  return lines.slice(0, -1).map((line) => JSON.parse(line) as Streamed);
}
