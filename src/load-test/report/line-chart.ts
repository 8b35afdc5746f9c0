import { roundTicks } from './chart-scale.js';
import { escapeHtml } from './markup.js';
import { digits } from './units.js';

export interface ChartPoint {
  readonly x: number;
  /** Null leaves a gap. */
  readonly y: number | null;
  /** Of `x`, shown at the point. */
  readonly label: string;
}

export interface ChartSeries {
  readonly name: string;
  readonly points: readonly ChartPoint[];
}

export interface LineChart {
  readonly title: string;
  readonly xLabel: string;
  readonly xTicks: readonly { readonly x: number; readonly label: string }[];
  readonly yUnit: string;
  readonly series: readonly ChartSeries[];
  /** A line across. */
  readonly limit?: { readonly y: number; readonly name: string };
}

const SIZE = { width: 640, height: 280, left: 64, right: 16, top: 12, bottom: 44 };
const PLOT = { width: SIZE.width - SIZE.left - SIZE.right, height: SIZE.height - SIZE.top - SIZE.bottom };
/** A limit far above all values would press them flat. */
const LIMIT_IN_SIGHT = 3;

type Place = (value: number) => number;

/** A figure with a picture of lines, and a legend. */
export function lineChart(chart: LineChart): string {
  const points = chart.series.flatMap((series) => series.points);
  const top = Math.max(0, ...points.map(({ y }) => y ?? 0));
  const limit = chart.limit && chart.limit.y <= LIMIT_IN_SIGHT * top ? chart.limit : undefined;
  const ticks = roundTicks(Math.max(top, limit?.y ?? 0));
  const xs = [...points, ...chart.xTicks].map(({ x }) => x);
  const [first, last] = [Math.min(...xs), Math.max(...xs)];
  const xAt: Place = (x) => SIZE.left + (last > first ? ((x - first) / (last - first)) * PLOT.width : PLOT.width / 2);
  const yAt: Place = (y) => SIZE.top + PLOT.height * (1 - y / (ticks.at(-1) ?? 1));
  const title = escapeHtml(chart.title);
  return [
    `<figure><figcaption>${title}</figcaption>`,
    `<svg viewBox="0 0 ${SIZE.width} ${SIZE.height}" role="img" aria-label="${title}: ${escapeHtml(inWords(chart))}">`,
    ...yAxis(ticks, yAt, chart.yUnit),
    ...xAxis(chart, xAt),
    ...(limit ? limitLine(limit, yAt) : []),
    ...chart.series.flatMap((series, index) => seriesLines(series, index, xAt, yAt, chart.yUnit)),
    '</svg>',
    legend(chart.series),
    '</figure>',
  ].join('\n');
}

function inWords({ series, yUnit }: LineChart): string {
  const ranges = series.map(({ name, points }) => {
    const values = points.flatMap(({ y }) => y ?? []);
    if (values.length === 0) return `${name} without values`;
    return `${name} from ${digits(Math.min(...values))} to ${digits(Math.max(...values))} ${yUnit}`;
  });
  return ranges.join(', ');
}

function yAxis(ticks: readonly number[], yAt: Place, unit: string): string[] {
  const lines = ticks.map((tick) => {
    const y = coordinate(yAt(tick));
    const line = `<line class="grid" x1="${SIZE.left}" x2="${SIZE.width - SIZE.right}" y1="${y}" y2="${y}"/>`;
    return `${line}<text class="tick" x="${SIZE.left - 8}" y="${y}" dy="0.32em" text-anchor="end">${digits(tick)}</text>`;
  });
  const middle = SIZE.top + PLOT.height / 2;
  const turn = `transform="rotate(-90 14 ${middle})"`;
  return [...lines, `<text class="axis" x="14" y="${middle}" text-anchor="middle" ${turn}>${escapeHtml(unit)}</text>`];
}

function xAxis({ xTicks, xLabel }: LineChart, xAt: Place): string[] {
  const below = SIZE.height - SIZE.bottom;
  const ticks = xTicks.map(
    ({ x, label }) =>
      `<text class="tick" x="${coordinate(xAt(x))}" y="${below + 16}" text-anchor="middle">${escapeHtml(label)}</text>`,
  );
  const middle = SIZE.left + PLOT.width / 2;
  return [
    ...ticks,
    `<text class="axis" x="${middle}" y="${SIZE.height - 6}" text-anchor="middle">${escapeHtml(xLabel)}</text>`,
  ];
}

function limitLine({ y, name }: { readonly y: number; readonly name: string }, yAt: Place): string[] {
  const at = coordinate(yAt(y));
  return [
    `<line class="limit" x1="${SIZE.left}" x2="${SIZE.width - SIZE.right}" y1="${at}" y2="${at}"/>`,
    `<text class="tick" x="${SIZE.width - SIZE.right}" y="${at}" dy="-0.4em" text-anchor="end">${escapeHtml(name)}</text>`,
  ];
}

function seriesLines({ name, points }: ChartSeries, index: number, xAt: Place, yAt: Place, unit: string): string[] {
  const placed = points.map(({ x, y, label }) =>
    y === null ? undefined : { x: coordinate(xAt(x)), at: coordinate(yAt(y)), y, label },
  );
  const path = placed.map((point, i) => (point ? `${placed[i - 1] ? 'L' : 'M'}${point.x} ${point.at}` : '')).join('');
  const dots = placed.flatMap((point) => {
    if (!point) return [];
    const text = escapeHtml(`${name}, ${point.label}: ${digits(point.y)} ${unit}`);
    return [`<circle class="dot s${index}" cx="${point.x}" cy="${point.at}" r="3"><title>${text}</title></circle>`];
  });
  return [`<path class="line s${index}" d="${path}"/>`, ...dots];
}

function legend(series: readonly ChartSeries[]): string {
  const entries = series.map(({ name }, index) => `<li class="s${index}">${escapeHtml(name)}</li>`);
  return `<ul class="legend">${entries.join('')}</ul>`;
}

const coordinate = (value: number): string => String(Math.round(value * 10) / 10);
