import { LoadWindow } from './load-window.js';

/** Times are in milliseconds. */
export interface AutoscaleLimits {
  readonly min: number;
  readonly max: number;
  readonly targetQueueWaitMs: number;
  /** How long the wait must be too long on average before replicas are added. */
  readonly upAfterMs: number;
  /** How long it must be short, and fewer replicas enough, before some are let go. */
  readonly downAfterMs: number;
}

/** A pool as the policy sees it at one moment. */
export interface PoolLoad {
  /** Replicas that there are to be. */
  readonly desired: number;
  /** Replicas that take batches. */
  readonly ready: number;
  /** Those of them that run one. */
  readonly busy: number;
  /** How long the first of the queue has waited, or a new item would, whichever is longer; 0 while a replica is idle. */
  readonly queueWaitMs: number;
}

/** How many replicas machine and memory have room for now, and which of the two it is that limits them. */
export interface Room {
  readonly replicas: number;
  readonly limit: string;
}

export interface AutoscaleDecision {
  readonly replicas: number;
  /** For the log: what was seen. */
  readonly reason: string;
}

/** Replicas are let go only if those that stay would be busy for no more than this part of their time. */
const MOST_BUSY = 0.7;
/** A number of replicas that was too few is tried again only once the load is this much lower. */
const LOWER_LOAD = 0.8;
/** The wait that counts as short, as a part of the target. */
const QUIET = 0.5;
/** At most so many times as many replicas after one decision: a queue says that there are too few, and badly how many. */
const LARGEST_STEP = 2;

/**
 * Decides how many replicas a stage is to have. Pure: it is shown the load from time to time, with the clock. It adds
 * replicas while the wait in the queue is above the target, and waits until they are ready before it judges again. It
 * lets replicas go only if the measured work fits into those that stay, and it remembers which number was too few for
 * how much work, so that a constant load does not make it go up and down.
 */
export class AutoscalePolicy {
  private readonly up: LoadWindow;
  private readonly down: LoadWindow;
  private tooFew?: { readonly replicas: number; readonly busy: number };

  constructor(private readonly limits: AutoscaleLimits) {
    this.up = new LoadWindow(limits.upAfterMs);
    this.down = new LoadWindow(limits.downAfterMs);
  }

  /** @returns undefined where all stays as it is */
  decide(now: number, load: PoolLoad, room: () => Room): AutoscaleDecision | undefined {
    const { min, max } = this.limits;
    const { desired, ready } = load;
    if (desired < min || desired > max) {
      return this.decided(Math.min(max, Math.max(min, desired)), `there are to be ${min} to ${max} replicas`);
    }
    // While replicas start, or after a crash, the wait says nothing of how many are enough.
    if (ready !== desired) return this.forget();
    this.up.add(now, load);
    this.down.add(now, load);
    if (this.up.isFull(now) && this.up.meanWaitMs > this.limits.targetQueueWaitMs) return this.grow(load, room());
    return this.down.isFull(now) ? this.shrink(load) : undefined;
  }

  /** What was seen so far does not count any more, e.g. after a pause. */
  forget(): undefined {
    this.up.clear();
    this.down.clear();
    return undefined;
  }

  private grow({ desired }: PoolLoad, room: Room): AutoscaleDecision | undefined {
    const { targetQueueWaitMs, upAfterMs, max } = this.limits;
    const { meanWaitMs, meanBusy } = this.up;
    const needed = Math.ceil((desired * meanWaitMs) / Math.max(targetQueueWaitMs, 1));
    const wanted = Math.min(max, desired * LARGEST_STEP, Math.max(desired + 1, needed));
    const replicas = Math.min(wanted, Math.max(room.replicas, desired));
    this.tooFew = { replicas: desired, busy: meanBusy };
    const seen = `items waited ${Math.round(meanWaitMs)} ms over the last ${upAfterMs} ms, more than ${targetQueueWaitMs} ms`;
    if (replicas > desired) return this.decided(replicas, replicas < wanted ? `${seen}; ${room.limit}` : seen);
    this.forget();
    return undefined;
  }

  private shrink({ desired }: PoolLoad): AutoscaleDecision | undefined {
    const { min, targetQueueWaitMs, downAfterMs } = this.limits;
    const { meanWaitMs, meanBusy } = this.down;
    this.down.clear();
    if (meanWaitMs > targetQueueWaitMs * QUIET) return undefined;
    const enough = Math.max(min, Math.ceil(meanBusy / MOST_BUSY), Math.ceil(desired / LARGEST_STEP), 1);
    const replicas = Math.max(enough, this.fewest(meanBusy));
    if (replicas >= desired) return undefined;
    const busy = meanBusy.toFixed(1);
    return this.decided(replicas, `${busy} of ${desired} replicas were busy over the last ${downAfterMs} ms`);
  }

  /** One more than were too few before, unless there is clearly less to do now. */
  private fewest(busy: number): number {
    return this.tooFew && busy > this.tooFew.busy * LOWER_LOAD ? this.tooFew.replicas + 1 : 0;
  }

  private decided(replicas: number, reason: string): AutoscaleDecision {
    this.forget();
    return { replicas, reason };
  }
}
