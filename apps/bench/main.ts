import { availableParallelism } from 'node:os';
import { measure } from './measure.js';
import { parseOptions, USAGE, type BenchOptions } from './options.js';
import { formatTable } from './report/table.js';
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
  const summaries = cases.map(summarise);
  const generatorCores = busiestGenerator(cases);
  if (reporter === 'json') {
    const conditions = { node: process.version, cores, rounds, seconds, generatorCores };
    process.stdout.write(`${JSON.stringify({ conditions, cases: summaries }, undefined, 2)}\n`);
  } else {
    const unit = `medians over ${rounds} rounds of ${seconds} s; Node ${process.version}, ${cores} cores`;
    const share = `server, workers and load generator share them; the generator took at most ${generatorCores.toFixed(2)}`;
    process.stdout.write(`${formatTable(summaries)}\nratio = pipeline / bare Fastify route; ${unit}; ${share}\n`);
  }
} finally {
  await server.stop();
}
