import { constants } from 'node:os';
import type { Children } from './children.js';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
/** A program that a signal has ended is told by this and the signal's number (POSIX shells). */
const ENDED_BY_SIGNAL = 128;

/**
 * Ends all programs and then this one when a signal comes; a second one ends this one at once.
 * @returns whether a signal has come
 */
export function stopOnSignals(children: Children): () => boolean {
  let stopping = false;
  for (const signal of SIGNALS) {
    process.once(signal, () => {
      stopping = true;
      process.stderr.write('stopping the servers\n');
      void children.stopAll().finally(() => process.exit(ENDED_BY_SIGNAL + constants.signals[signal]));
    });
  }
  return () => stopping;
}
