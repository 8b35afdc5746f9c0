import type { EventFormat } from '#libs/contracts';

/** The formats of streams without the lib that has them, as far as the edge uses them. */
export const EVENT_FORMATS: readonly EventFormat[] = [
  {
    mediaType: 'text/event-stream',
    comment: ':\n\n',
    write: (sent) => {
      const { event, data } = typeof sent === 'string' ? { data: sent } : sent;
      return `${event === undefined ? '' : `event: ${event}\n`}data: ${String(data)}\n\n`;
    },
  },
  { mediaType: 'application/x-ndjson', comment: '\n', write: (sent) => `${JSON.stringify(sent)}\n` },
];
