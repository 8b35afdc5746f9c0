import type { WorkerRecord } from '#libs/contracts';
import type { Replica } from './replica.js';
import type { BatchListener } from './replica-sink.js';

/** One replica from its launch to its end. */
export class Life {
  replica?: Replica;
  /** Set once it is ready. */
  batches?: BatchListener;
  /** Keeps its metrics, once it is ready. */
  record?: WorkerRecord | undefined;
  readyAt = 0;
  answered = 0;
  rssBytes = 0;
  ageTimer?: NodeJS.Timeout;
}
