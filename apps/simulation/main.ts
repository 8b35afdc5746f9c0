import { writeFile } from 'node:fs/promises';
import { compare } from './compare/compare.js';
import { measureParameters } from './measure/measure.js';
import { scenarioOf } from './model/plan.js';
import { loseHosts } from './model/loss.js';
import { study } from './model/study.js';
import { parseOptions, USAGE, type SimulationOptions } from './options.js';
import { comparisonTable } from './report/comparison.js';
import { lossTable, scalingTable } from './report/report.js';

const options = readOptions();
const progress = (text: string): void => void process.stderr.write(`${text}\n`);

try {
  const { text, result } = await work(options);
  process.stdout.write(`${text}\n`);
  if (options.json !== undefined) await writeFile(options.json, `${JSON.stringify(result, undefined, 2)}\n`);
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 1;
}

async function work(given: SimulationOptions): Promise<{ text: string; result: unknown }> {
  if (given.measure) {
    const measured = await measureParameters(progress);
    const lines = Object.entries(measured).map(([name, value]) => `${name.padEnd(24)}${value.toFixed(2).padStart(10)}`);
    return { text: lines.join('\n'), result: measured };
  }
  if (given.compare) {
    const comparisons = await compare(progress);
    return { text: comparisonTable(comparisons), result: comparisons };
  }
  if (given.loseHosts > 0) {
    const { hosts: all, load, loseHosts: lost } = given;
    const losses = all.map((hosts) => ({ hosts, result: loseHosts(scenarioOf(given, hosts), load, lost) }));
    return { text: lossTable(losses), result: losses };
  }
  const studies = given.hosts.map((hosts) => study(scenarioOf(given, hosts), given.load));
  return { text: scalingTable(studies), result: studies };
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
