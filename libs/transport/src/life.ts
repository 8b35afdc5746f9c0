import type { Replica } from './replica.js';
import type { BatchListener } from './replica-sink.js';

/** One replica from its launch to its end. */
export class Life {
  replica?: Replica;
  /** Set once it is ready. */
  batches?: BatchListener;
  readyAt = 0;
  answered = 0;
  rssBytes = 0;
  ageTimer?: NodeJS.Timeout;
}
