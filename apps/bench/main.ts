import { availableParallelism } from 'node:os';
import { measure } from './measure.js';
import { parseOptions, USAGE, type BenchOptions } from './options.js';
import { measureOverload } from './overload.js';
import { formatReport } from './report/report.js';
import { startServer } from './server/start-server.js';
import { busiestGenerator, summarise } from './summary.js';

function readOptions(): BenchOptions {
  try {
    const options = parseOptions(process.argv.slice(2));
    if (options) return options;
    process.stdout.write(`${USAGE}\n`);
    process.exit(0);
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n${USAGE}\n`);
    process.exit(2);
  }
}

const options = readOptions();
const { rounds, seconds, reporter } = options;
const cores = availableParallelism();
const progress = (text: string): void => void process.stderr.write(`${text}\n`);

progress('starting the server');
const server = await startServer(options.port);
try {
  const cases = await measure(server.port, options, progress);
  const overload = options.scopes.includes('overload') ? await measureOverload(server.port, options, progress) : [];
  const conditions = { node: process.version, cores, rounds, seconds, generatorCores: busiestGenerator(cases) };
  const report = { conditions, cases: cases.map(summarise), overload };
  process.stdout.write(`${reporter === 'json' ? JSON.stringify(report, undefined, 2) : formatReport(report)}\n`);
} finally {
  await server.stop();
}
