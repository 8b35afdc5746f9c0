import { parseArgs } from 'node:util';
import { Children } from '../processes/children.js';
import { startServer } from '../server/start-server.js';
import { formatProgress, formatSoak } from './report.js';
import { SoakRun } from './soak-run.js';

const USAGE = 'Usage: npm run soak -- [--minutes <n>]   (default 15)\n';

function minutesOf(args: readonly string[]): number {
  try {
    const { values } = parseArgs({ args: [...args], options: { minutes: { type: 'string', default: '15' } } });
    const minutes = Number(values.minutes);
    if (minutes > 0 && minutes < 100_000) return minutes;
    throw new Error(`"--minutes ${values.minutes}" must be a number of minutes above 0.`);
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n${USAGE}`);
    return process.exit(2);
  }
}

const minutes = minutesOf(process.argv.slice(2));
let restarts = 0;
const onLine = (line: string): void => {
  if (line.includes('worker ended')) restarts++;
  else process.stderr.write(`${line}\n`);
};
const server = await startServer(new Children(), { onLine });
const run = new SoakRun(server);
try {
  await run.run(minutes, () => process.stderr.write(`${formatProgress(run)}\n`));
  process.stdout.write(`${formatSoak(run, restarts)}\n`);
} finally {
  await server.stop();
}
const wrong = ['lost', 'wrong answer', '500'].filter((outcome) => run.outcomes.has(outcome));
if (wrong.length > 0) process.stderr.write(`There should be no answer of these kinds: ${wrong.join(', ')}.\n`);
process.exitCode = wrong.length > 0 ? 1 : 0;
