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
  /** It takes no more batches, and its end is no reason to start another. */
  isRetired = false;
  /** Resolves when it is ready, or with why it never will be. */
  readonly started: Promise<string | undefined>;
  /** Resolves when it has ended. */
  readonly over: Promise<void>;
  private resolveStarted!: (cause: string | undefined) => void;
  private resolveOver!: () => void;

  /** @param generation restarts of the stage that came before it */
  constructor(readonly generation = 0) {
    this.started = new Promise((resolve) => (this.resolveStarted = resolve));
    this.over = new Promise((resolve) => (this.resolveOver = resolve));
  }

  becameReady(): void {
    this.resolveStarted(undefined);
  }

  hasEnded(reason: string): void {
    this.resolveStarted(reason);
    this.resolveOver();
  }
}
