import type { RemoteItem } from './remote-item.js';

/** A job as the queue has given it to this host. */
export interface JobHold {
  /** Its outcome is in Redis, or nobody wants it. */
  readonly resolve: () => void;
  /** It goes back to the queue. */
  readonly giveBack: () => void;
}

/** A job whose item is in the pool of this host. */
export interface OpenJob {
  readonly item: RemoteItem;
  /** Hosts that were lost while they had it. */
  readonly deaths: number;
  /** More than one when the queue took this host for lost, and it has taken the job again: the last one counts. */
  readonly holds: JobHold[];
}

/** The jobs that a host has taken and whose outcomes are not in Redis yet. */
export class OpenJobs {
  private readonly open = new Map<string, OpenJob>();
  private readonly onIdle: (() => void)[] = [];
  /** Those whose outcomes are being written are counted too. */
  private count = 0;

  add(job: OpenJob): void {
    this.open.set(job.item.id, job);
    this.count++;
  }

  get size(): number {
    return this.count;
  }

  get(id: string): OpenJob | undefined {
    return this.open.get(id);
  }

  all(): OpenJob[] {
    return [...this.open.values()];
  }

  /** From now on it is nobody else's; `end` or `giveBack` has to follow. */
  take(id: string): OpenJob | undefined {
    const job = this.open.get(id);
    this.open.delete(id);
    return job;
  }

  end({ holds }: OpenJob): void {
    for (const { resolve } of holds) resolve();
    this.ended();
  }

  giveBack({ holds }: OpenJob): void {
    holds.pop()?.giveBack();
    for (const { resolve } of holds) resolve();
    this.ended();
  }

  whenIdle(): Promise<void> {
    if (this.count === 0) return Promise.resolve();
    return new Promise((resolve) => this.onIdle.push(resolve));
  }

  private ended(): void {
    if (--this.count === 0) for (const resolve of this.onIdle.splice(0)) resolve();
  }
}
