import { mkdir, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { planRounds, secondsOf } from './cells/schedule.js';
import { describeRound, measure } from './measure/measure.js';
import { Progress } from './measure/progress.js';
import { contenderStarter } from './measure/start-contenders.js';
import { companyOf, summarise } from './measure/summary.js';
import { parseOptions, USAGE, type BenchOptions } from './options.js';
import { measureOverload } from './overload.js';
import { Children } from './processes/children.js';
import { stopOnSignals } from './processes/stop-on-signals.js';
import { measureRemote } from './remote/measure-remote.js';
import { formatReport, type Report } from './report/report.js';
import { measureStreams } from './stream/measure-streams.js';

/** Of the repository, from `dist/apps/bench`. */
const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

const options = readOptions();
const children = new Children();
const progress = (text: string): void => void process.stderr.write(`${text}\n`);
const isStopping = stopOnSignals(children);

try {
  const report = await run(options);
  process.stdout.write(`${formatReport(report)}\n`);
  if (options.json !== undefined) await writeFile(options.json, `${JSON.stringify(report, undefined, 2)}\n`);
} catch (error) {
  // What fails because everything is being stopped is no news.
  if (isStopping()) await new Promise(() => undefined);
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 1;
} finally {
  await children.stopAll();
}

async function run(given: BenchOptions): Promise<Report> {
  const { peer, cells, overload, stream, remote, seconds, profile, json: _, ...other } = given;
  const folder = profile === undefined ? undefined : resolve(profile);
  if (folder !== undefined) await mkdir(folder, { recursive: true });
  const rounds = planRounds(cells, { seconds, ...other });
  const start = await contenderStarter({ ...options, profile: folder }, children, ROOT, progress);
  const shown = new Progress(rounds.map((round) => secondsOf(round, { seconds, ...other })));
  const began = (index: number): void => {
    const round = rounds[index];
    if (round) progress(shown.line(index, describeRound(round)));
  };
  const samples = await measure(rounds, seconds, start, began);
  const { rounds: count, starts, warmUpSeconds, sharedMemory } = other;
  return {
    conditions: {
      peer,
      node: process.version,
      cores: availableParallelism(),
      rounds: count,
      starts,
      seconds,
      warmUpSeconds,
      sharedMemory,
      profiled: folder !== undefined,
      ...companyOf(samples),
    },
    cells: samples.map((entry) => summarise(entry, peer === 'mosec')),
    overload: overload ? await measureOverload(children, options, progress) : [],
    remote: remote && (await measureRemote(children, remote, options, progress)),
    streams: stream ? await measureStreams(options, start, progress) : undefined,
  };
}

function readOptions(): BenchOptions {
  try {
    const parsed = parseOptions(process.argv.slice(2));
    if (parsed) return parsed;
    process.stdout.write(`${USAGE}\n`);
    process.exit(0);
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n${USAGE}\n`);
    process.exit(2);
  }
}
