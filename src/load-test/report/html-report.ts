import { STYLE } from './html-style.js';
import { type LoadReport } from './load-report.js';
import { escapeHtml, htmlTable } from './markup.js';
import { reportCharts } from './report-charts.js';
import { describeErrors, describeLoad, STAGE_HEAD, stageRow, STEP_HEAD, stepRow } from './report-words.js';
import { bytes, digits, percent, time } from './units.js';

/** A page that needs nothing but itself: it may not load anything. */
export function htmlReport(report: LoadReport): string {
  const { target, suggestions } = report;
  const title = escapeHtml(`${target.method} ${target.url}`);
  const items = suggestions.map(({ text }) => `<li>${escapeHtml(text)}</li>`).join('\n');
  return [
    '<!doctype html>',
    '<html lang="en"><head><meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>Load test: ${title}</title><style>${STYLE}</style></head><body>`,
    `<header><h1>${title}</h1>${lead(report)}</header>`,
    `<main>${cards(report)}`,
    ...(suggestions.length > 0 ? [`<h2>Suggestions</h2><ol>${items}</ol>`] : []),
    `<h2>Plots</h2><div class="plots">${reportCharts(report).join('\n')}</div>`,
    `<h2>Tables</h2>${tables(report).join('\n')}`,
    `</main><footer>nestjs-mosec ${escapeHtml(report.packageVersion)}, ${escapeHtml(report.startedAt)}</footer>`,
    '</body></html>',
    '',
  ].join('\n');
}

function lead(report: LoadReport): string {
  const lines = describeLoad(report);
  if (report.interrupted) lines.push(`Interrupted after ${digits(report.measuredS)} s.`);
  return lines.map((line) => `<p>${escapeHtml(line)}</p>`).join('\n');
}

function cards(report: LoadReport): string {
  const { totals, slo, latencyMs } = report;
  const verdict = slo.met === null ? '' : slo.met ? 'good' : 'bad';
  const slos: Card[] = [
    [`Within ${time(slo.ms ?? 0)}`, slo.attainment === null ? '-' : percent(slo.attainment), verdict],
    ['Goodput', `${digits(slo.goodputPerS)} /s`, ''],
  ];
  const times: Card[] = (['p50', 'p90', 'p99', 'p999', 'max'] as const).map((name) => [
    name === 'p999' ? 'p99.9' : name,
    latencyMs ? time(latencyMs[name]) : '-',
    '',
  ]);
  const all: Card[] = [
    ['Requests', String(totals.requests), ''],
    ['Good answers', `${digits(totals.okPerS)} /s`, ''],
    ['Failed', String(totals.failed), totals.failed > 0 ? 'bad' : ''],
    ...(slo.ms === null ? [] : slos),
    ...times,
  ];
  return `<dl class="cards">${all.map(card).join('\n')}</dl>`;
}

type Card = readonly [name: string, value: string, look: string];

const card = ([name, value, look]: Card): string =>
  `<div><dt>${escapeHtml(name)}</dt><dd class="${look}">${escapeHtml(value)}</dd></div>`;

function tables(report: LoadReport): string[] {
  const { steps, server, serverProblem, totals, generator } = report;
  const rows = [
    ...describeErrors(report),
    ['Bytes in bodies', `${bytes(totals.bytesSent)} sent, ${bytes(totals.bytesReceived)} received`],
    ['Load tester', `${percent(generator.utilisation)} busy, p99 of its own delay ${time(generator.lagP99Ms)}`],
  ];
  return [
    ...(server ? [htmlTable('Stages', STAGE_HEAD, server.stages.map(stageRow))] : []),
    ...(serverProblem === null ? [] : [`<p>No metrics of the server: ${escapeHtml(serverProblem)}.</p>`]),
    ...(steps.length > 1 ? [htmlTable('Steps', STEP_HEAD(report), steps.map(stepRow))] : []),
    htmlTable('Run', ['Of', 'Figures'], rows),
  ];
}
