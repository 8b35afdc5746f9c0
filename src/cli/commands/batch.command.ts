import { STANDARD_STREAM, type BatchPlan } from '../../batch/batch-plan.js';
import { checkFiles } from '../batch/check-files.js';
import { parseBatch } from '../batch/parse-batch.js';
import { USAGE } from '../batch/usage.js';
import { type Command, type Terminal } from '../command.interface.js';

const COULD_NOT_FINISH = 1;
const SOME_FAILED = 3;
/** As shells tell of a program that ended by Ctrl-C. */
const INTERRUPTED = 130;

/** `nestjs-mosec batch`. What sends is imported when there is something to do. */
export const command: Command = {
  summary: 'run the lines of a file through a server, with resume',
  usage: USAGE,

  async run(args, terminal) {
    const plan = parseBatch(args, terminal.folder, process.env);
    await checkFiles(plan);
    return work(plan, terminal);
  },
};

async function work(plan: BatchPlan, { error: write, isTerminal }: Terminal): Promise<number> {
  const { runBatch } = await import('../../batch/run-batch.js');
  const { batchProgress, batchSummary } = await import('../../batch/batch-words.js');
  const { showProgress } = await import('../../load-test/report/progress.js');
  const { watchSignals } = await import('../batch/watch-signals.js');
  const startedAt = performance.now();
  const elapsed = (): number => performance.now() - startedAt;
  let end = (): void => undefined;
  try {
    const { tally, complete, error } = await runBatch(plan, ({ tally, totalBytes, stop, abort }) => {
      const endProgress = showProgress(() => batchProgress(tally, elapsed(), totalBytes), { isTerminal, write });
      const endSignals = watchSignals([stop, abort], () => write(`\nEnding after ${tally.active} requests.\n`));
      end = () => (endProgress(), endSignals());
    });
    end();
    write(`${batchSummary(tally, elapsed())}\n`);
    if (complete) return tally.failed > 0 ? SOME_FAILED : 0;
    write(`${error ? `${error.message} ` : ''}${howToGoOn(plan)}\n`);
    if (error) return COULD_NOT_FINISH;
    return plan.failFast && tally.failed > 0 ? SOME_FAILED : INTERRUPTED;
  } finally {
    end();
  }
}

const howToGoOn = ({ output }: BatchPlan): string =>
  output === STANDARD_STREAM
    ? 'The output is not complete: with a file for --out the run could go on.'
    : 'The output is not complete: start the same command again to go on.';
