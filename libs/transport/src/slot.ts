import { Backoff, type BackoffOptions } from './backoff.js';
import type { Life } from './life.js';

/** One place among a stage's replicas; a replacement takes the number of the one it replaces. */
export class Slot {
  /** What serves in this place, or is on its way to. */
  current?: Life;
  /** What is to take over from a replica that is recycled or restarted. */
  successor?: Life;
  /** Replicas that were started here because another had ended. */
  restarts = 0;
  /** Replicas that were started here to take over. */
  recycled = 0;
  /** No successor is started before this time. */
  recycleAfter = 0;
  /** The place was given up: nothing is started in it again. */
  isGone = false;
  /** Replicas that were started in this place. */
  launches = 0;
  /** Why the last one ended, or could not start. */
  lastEnd?: string;
  private readonly backoff: Backoff;
  private timer?: NodeJS.Timeout;

  constructor(
    readonly workerId: number,
    backoff: BackoffOptions,
  ) {
    this.backoff = new Backoff(backoff);
  }

  get isServing(): boolean {
    return this.current?.batches !== undefined;
  }

  delayAfter(readyForMs: number): number {
    return this.backoff.delayAfter(readyForMs);
  }

  restartIn(delayMs: number, launch: () => void): void {
    this.timer = setTimeout(launch, delayMs);
  }

  cancelRestart(): void {
    clearTimeout(this.timer);
  }
}
