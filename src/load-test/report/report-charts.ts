import { ninesOf, roundTicks } from './chart-scale.js';
import { lineChart, type ChartPoint, type LineChart } from './line-chart.js';
import { type LoadReport, type StepReport } from './load-report.js';
import { digits, time } from './units.js';

const PERCENTILES = [0, 50, 90, 99, 99.9, 99.99, 99.999];
const MILLISECONDS = 'ms';

/** The plots of a report; those without data are left out. */
export function reportCharts(report: LoadReport): string[] {
  const { latencyCurve, timeline, steps } = report;
  return [
    ...(latencyCurve.length > 1 ? [percentileChart(report)] : []),
    ...(timeline.length > 1 ? [rateOverTime(report), latencyOverTime(report)] : []),
    ...(steps.length > 1 ? [rateByStep(report), latencyByStep(report)] : []),
  ].map(lineChart);
}

const limitOf = ({ slo }: LoadReport): Pick<LineChart, 'limit'> =>
  slo.ms === null ? {} : { limit: { y: slo.ms, name: `SLO ${time(slo.ms)}` } };

function percentileChart(report: LoadReport): LineChart {
  const { latencyCurve, latencyMs } = report;
  // The largest stands where the percentile of one in all would be.
  const end = Math.log10(Math.max(10, latencyMs?.count ?? 0));
  const points = latencyCurve.map(({ percentile, ms }) => {
    const x = percentile === 100 ? end : ninesOf(percentile);
    return { x, y: ms, label: percentile === 100 ? 'max' : `p${percentile}` };
  });
  const xTicks = PERCENTILES.map((percentile) => ({ x: ninesOf(percentile), label: `${percentile}` }));
  return {
    title: 'Latency by percentile',
    xLabel: 'percentile',
    xTicks: xTicks.filter(({ x }) => x <= end),
    yUnit: MILLISECONDS,
    series: [{ name: 'latency', points }],
    ...limitOf(report),
  };
}

type TimeValue = 'okPerS' | 'failedPerS' | 'p50Ms' | 'p99Ms';

function overTime({ timeline }: LoadReport, value: TimeValue): ChartPoint[] {
  return timeline.map((point) => ({ x: point.atS, y: point[value], label: `from ${digits(point.atS)} s` }));
}

function timeTicks({ timeline }: LoadReport): LineChart['xTicks'] {
  const last = timeline.at(-1)?.atS ?? 0;
  return roundTicks(last, 8)
    .filter((x) => x <= last)
    .map((x) => ({ x, label: digits(x) }));
}

function rateOverTime(report: LoadReport): LineChart {
  const series = [
    { name: 'good answers', points: overTime(report, 'okPerS') },
    { name: 'failed', points: overTime(report, 'failedPerS') },
  ];
  const words = { title: 'Requests over time', xLabel: 'seconds, by intended start', yUnit: 'per second' };
  return { ...words, xTicks: timeTicks(report), series };
}

function latencyOverTime(report: LoadReport): LineChart {
  const series = [
    { name: 'p50', points: overTime(report, 'p50Ms') },
    { name: 'p99', points: overTime(report, 'p99Ms') },
  ];
  const words = { title: 'Latency over time', xLabel: 'seconds, by intended start', yUnit: MILLISECONDS };
  return { ...words, xTicks: timeTicks(report), series, ...limitOf(report) };
}

const levelWord = ({ load }: LoadReport): string => (load.loop === 'open' ? 'requests per second' : 'connections');

function byStep(report: LoadReport, value: (step: StepReport) => number | null): ChartPoint[] {
  return report.steps.map((step) => ({
    x: step.level,
    y: value(step),
    label: `${digits(step.level)} ${levelWord(report)}`,
  }));
}

const MOST_LABELS = 10;

function stepTicks({ steps }: LoadReport): LineChart['xTicks'] {
  const each = Math.ceil(steps.length / MOST_LABELS);
  return steps.filter((_, index) => index % each === 0).map(({ level }) => ({ x: level, label: digits(level) }));
}

function rateByStep(report: LoadReport): LineChart {
  const good = { name: 'good answers', points: byStep(report, ({ okPerS }) => okPerS) };
  const goodput = { name: 'within the SLO', points: byStep(report, ({ goodputPerS }) => goodputPerS) };
  const series = report.slo.ms === null ? [good] : [good, goodput];
  const words = { title: 'Answers by load', xLabel: levelWord(report), yUnit: 'per second' };
  return { ...words, xTicks: stepTicks(report), series };
}

function latencyByStep(report: LoadReport): LineChart {
  const series = [
    { name: 'p50', points: byStep(report, ({ latencyMs }) => latencyMs?.p50 ?? null) },
    { name: 'p99', points: byStep(report, ({ latencyMs }) => latencyMs?.p99 ?? null) },
  ];
  const words = { title: 'Latency by load', xLabel: levelWord(report), yUnit: MILLISECONDS };
  return { ...words, xTicks: stepTicks(report), series, ...limitOf(report) };
}
