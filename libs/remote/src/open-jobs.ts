import type { RemoteItem } from './remote-item.js';

/** A job whose item is in the pool of this host. */
export interface OpenJob {
  readonly item: RemoteItem;
  /** Its outcome is in Redis, or nobody wants it. */
  readonly resolve: () => void;
  /** It goes back to the queue. */
  readonly giveBack: () => void;
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

  /** From now on it is nobody else's; `ended` has to follow. */
  take(id: string): OpenJob | undefined {
    const job = this.open.get(id);
    this.open.delete(id);
    return job;
  }

  ended(): void {
    if (--this.count === 0) for (const resolve of this.onIdle.splice(0)) resolve();
  }

  whenIdle(): Promise<void> {
    if (this.count === 0) return Promise.resolve();
    return new Promise((resolve) => this.onIdle.push(resolve));
  }
}
