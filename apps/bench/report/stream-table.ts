import type { Ratio } from '../measure/ratio.js';
import type { StreamsSummary } from '../stream/measure-streams.js';
import { RUSH_PACES } from '../stream/rush.js';
import type { PacedFigures, RushFigures } from '../stream/summary.js';
import { alignColumns } from './align-columns.js';
import { formatSpread } from './ratio-table.js';

const MB = 1_000_000;
const TEXT_COLUMNS = 2;

/** The result of streams for a person. @param peer its name */
export function formatStreams(streams: StreamsSummary, peer: string): string {
  return [formatRush(streams, peer), formatPaced(streams, peer)].join('\n\n');
}

function formatRush({ rush, rushEvents }: StreamsSummary, peer: string): string {
  const rows = RUSH_PACES.flatMap((pace) => {
    const { ours, peer: other } = rush[pace];
    return [[pace, 'ours', ...rushCells(ours)], ...(other ? [['', peer, ...rushCells(other)]] : [])];
  });
  const headings = [`one client, ${rushEvents} events`, 'server', 'events/s', 'first event ms'];
  const { ratios } = rush.burst;
  return [
    alignColumns([headings, ...rows], TEXT_COLUMNS),
    'burst = yielded without a pause; turn = one per turn of the event loop; medians',
    ...(ratios ? [`ours / ${peer}, burst: rate ${two(ratios.rate)}, first event ${two(ratios.firstEvent)}`] : []),
  ].join('\n');
}

function formatPaced({ paced: { ours, peer: other, ratios }, clients, everyMs }: StreamsSummary, peer: string): string {
  const memory = `${ours.memoryKind} MB`;
  const errors = ['gap error p50 ms', 'p99 ms'];
  const what = `${clients} clients, an event every ${everyMs} ms`;
  const headings = [what, 'server', ...errors, `${memory}, middle`, `${memory}, end`];
  const rows = [['', 'ours', ...pacedCells(ours)], ...(other ? [['', peer, ...pacedCells(other)]] : [])];
  const table = alignColumns([headings, ...rows], TEXT_COLUMNS);
  if (!ratios) return table;
  const { p50Error, p99Error, memory: memoryRatio } = ratios;
  return `${table}\nours / ${peer}: gap error p50 ${two(p50Error)}, p99 ${two(p99Error)}, memory ${two(memoryRatio)}`;
}

function rushCells({ eventsPerSecond, firstEventMs }: RushFigures): string[] {
  return [eventsPerSecond.toFixed(0), firstEventMs.toFixed(2)];
}

function pacedCells({ p50ErrorMs, p99ErrorMs, middleBytes, endBytes }: PacedFigures): string[] {
  return [p50ErrorMs.toFixed(2), p99ErrorMs.toFixed(2), (middleBytes / MB).toFixed(0), (endBytes / MB).toFixed(0)];
}

function two(ratio: Ratio): string {
  return `${ratio.median.toFixed(2)} (${formatSpread(ratio)})`;
}
