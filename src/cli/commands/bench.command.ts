import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { packageVersion } from '../../config/package-version.js';
import { type LoadReport } from '../../load-test/report/load-report.js';
import { parseBench, type BenchCommand } from '../bench/parse-bench.js';
import { USAGE } from '../bench/usage.js';
import { type Command, type Terminal } from '../command.interface.js';
import { UsageError } from '../usage.error.js';

const STANDARD_OUTPUT = '-';

/** `nestjs-mosec bench`. What makes the load is imported when there is something to do. */
export const command: Command = {
  summary: 'load a server, and tell how it did and what to change',
  usage: USAGE,

  async run(args, terminal) {
    const bench = await parseBench(args, terminal.folder);
    const report = await load(bench, terminal);
    await write(report, bench, terminal);
    return report.slo.met === false ? 1 : 0;
  },
};

async function load({ plan }: BenchCommand, { error, isTerminal }: Terminal): Promise<LoadReport> {
  const { runLoadTest } = await import('../../load-test/run-load-test.js');
  const { progressLine, showProgress } = await import('../../load-test/report/progress.js');
  const { measuredMs } = await import('../../load-test/load-plan.js');
  const stop = new AbortController();
  // Once: a second Ctrl-C ends the process as ever.
  const interrupt = (): void => stop.abort();
  process.once('SIGINT', interrupt);
  let endProgress: (() => void) | undefined;
  try {
    return await runLoadTest(plan, {
      packageVersion: packageVersion(),
      signal: stop.signal,
      started: (run) => {
        endProgress = showProgress(() => progressLine(run.view, measuredMs(plan)), { isTerminal, write: error });
      },
    });
  } finally {
    endProgress?.();
    process.off('SIGINT', interrupt);
  }
}

async function write(
  report: LoadReport,
  { json, html }: BenchCommand,
  { out, error, folder }: Terminal,
): Promise<void> {
  const { textReport } = await import('../../load-test/report/text-report.js');
  const jsonText = `${JSON.stringify(report, undefined, 2)}\n`;
  if (json === STANDARD_OUTPUT) {
    error(textReport(report));
    out(jsonText);
  } else {
    out(textReport(report));
    if (json !== undefined) await save(folder, 'json', json, jsonText);
  }
  if (html === undefined) return;
  const { htmlReport } = await import('../../load-test/report/html-report.js');
  await save(folder, 'html', html, htmlReport(report));
}

async function save(folder: string, flag: string, path: string, content: string): Promise<void> {
  try {
    await writeFile(resolve(folder, path), content);
  } catch (error) {
    throw new UsageError(`--${flag} "${path}" cannot be written: name a file in a folder that exists.`, {
      cause: error,
    });
  }
}
