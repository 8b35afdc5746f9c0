import { MosecConfigurationError } from '../interfaces/mosec-configuration.error.js';
import type { StageOptions } from '../interfaces/stage-options.interface.js';
import { checkInteger, LONGEST_TIMER_MS } from './check-integer.js';

/** A shorter time than this holds too few looks at the queue to be an average. */
const SHORTEST_WINDOW_MS = 100;

export function checkAutoscale(owner: string, { autoscale, replicas, execution }: StageOptions): void {
  if (autoscale === undefined) return;
  const { min, max, targetQueueWaitMs, upAfterMs, downAfterMs } = autoscale;
  for (const [option, value, unit] of [
    ['min', min, 'a number of workers'],
    ['max', max, 'a number of workers'],
    ['targetQueueWaitMs', targetQueueWaitMs, 'a time in milliseconds'],
  ] as const) {
    if ((value as unknown) === undefined) {
      throw new MosecConfigurationError(`${owner} has autoscale without ${option}: give ${unit}.`);
    }
  }
  checkInteger(owner, 'autoscale.min', min, 1);
  checkInteger(owner, 'autoscale.max', max, min);
  checkInteger(owner, 'autoscale.targetQueueWaitMs', targetQueueWaitMs, 0, LONGEST_TIMER_MS);
  checkInteger(owner, 'autoscale.upAfterMs', upAfterMs, SHORTEST_WINDOW_MS, LONGEST_TIMER_MS);
  checkInteger(owner, 'autoscale.downAfterMs', downAfterMs, SHORTEST_WINDOW_MS, LONGEST_TIMER_MS);
  if (replicas !== undefined && (replicas < min || replicas > max)) {
    throw new MosecConfigurationError(
      `${owner} has replicas ${replicas} outside its autoscale from ${min} to ${max}: ` +
        'give a number within, or leave replicas out.',
    );
  }
  if (execution === 'inline') {
    throw new MosecConfigurationError(
      `${owner} has autoscale and execution 'inline', where more replicas would not compute more: ` +
        "give it execution 'process' or 'thread'.",
    );
  }
}
