import { writeFile } from 'node:fs/promises';
import { compare } from './compare/compare.js';
import { measureParameters } from './measure/measure.js';
import { parseOptions, USAGE, type SimulationOptions } from './options.js';
import { type Answer, answer } from './report/answer.js';
import { comparisonTable } from './report/comparison.js';

const options = readOptions();
// So that what was started is ended too.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
const progress = (text: string): void => void process.stderr.write(`${text}\n`);

try {
  const { text, result } = await work(options);
  process.stdout.write(`${text}\n`);
  if (options.json !== undefined) await writeFile(options.json, `${JSON.stringify(result, undefined, 2)}\n`);
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 1;
}

async function work(given: SimulationOptions): Promise<Answer> {
  if (given.measure) return measured();
  if (!given.compare) return answer(given);
  const comparisons = await compare(progress);
  return { text: comparisonTable(comparisons), result: comparisons };
}

async function measured(): Promise<Answer> {
  const NAME_WIDTH = 24;
  const NUMBER_WIDTH = 10;
  const result = await measureParameters(progress);
  const lines = Object.entries(result).map(
    ([name, value]) => name.padEnd(NAME_WIDTH) + value.toFixed(2).padStart(NUMBER_WIDTH),
  );
  return { text: lines.join('\n'), result };
}

function readOptions(): SimulationOptions {
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
