import type { StreamsSummary } from '../stream/measure-streams.js';
import { alignColumns } from './align-columns.js';

const MIB = 1 << 20;

/** The result of streams for a person. */
export function formatStreams({ rush, paced }: StreamsSummary): string {
  const rows = rush.map(({ pace, eventsPerSecond, firstEventMs }) => [
    pace,
    eventsPerSecond.toFixed(0),
    firstEventMs.toFixed(2),
  ]);
  const { clients, everyMs, p50ErrorMs, p99ErrorMs, rssBytes } = paced;
  const [middle, end] = rssBytes.map((bytes) => (bytes / MIB).toFixed(0));
  return [
    alignColumns([['one client, 10 000 events', 'events/s', 'first event ms'], ...rows], 1),
    'burst = yielded without a pause; turn = one per turn of the event loop; medians',
    `${clients} clients, an event every ${everyMs} ms: gap error p50 ${p50ErrorMs.toFixed(2)} ms, p99 ${p99ErrorMs.toFixed(2)} ms; ` +
      `memory ${middle} MiB in the middle, ${end} MiB at the end`,
  ].join('\n');
}
