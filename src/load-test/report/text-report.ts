import {
  describeErrors,
  describeLoad,
  describeSlo,
  latencyRows,
  STAGE_HEAD,
  stageRow,
  STEP_HEAD,
  stepRow,
} from './report-words.js';
import { type LoadReport } from './load-report.js';
import { bytes, digits, percent, time } from './units.js';

/** The report for a terminal. */
export function textReport(report: LoadReport): string {
  const { target, steps, server, suggestions, interrupted } = report;
  return [
    `${target.method} ${target.url}`,
    ...describeLoad(report),
    ...(interrupted ? [`Interrupted after ${digits(report.measuredS)} s: these are the requests until then.`] : []),
    '',
    ...figures(report),
    ...(steps.length > 1 ? ['', ...columns([STEP_HEAD(report), ...steps.map(stepRow)])] : []),
    ...(server ? ['', ...columns([STAGE_HEAD, ...server.stages.map(stageRow)])] : []),
    ...(report.serverProblem === null ? [] : ['', `No metrics of the server: ${report.serverProblem}.`]),
    ...(suggestions.length > 0 ? ['', 'Suggestions', ...suggestions.map(({ text }) => `- ${text}`)] : []),
    '',
  ].join('\n');
}

function figures(report: LoadReport): string[] {
  const { totals, generator } = report;
  const { requests, failed, okPerS, bytesSent, bytesReceived } = totals;
  const rows = [
    ['Requests', `${requests}, ${digits(okPerS)} good answers per second, ${failed} failed`],
    ...describeSlo(report),
    ...latencyRows(report.latencyMs),
    ...describeErrors(report),
    ['Bytes', `${bytes(bytesSent)} sent, ${bytes(bytesReceived)} received in bodies`],
    ['Load tester', `${percent(generator.utilisation)} busy, p99 of its own delay ${time(generator.lagP99Ms)}`],
  ];
  return columns(rows);
}

function columns(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}
