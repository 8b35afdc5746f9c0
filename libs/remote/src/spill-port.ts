import type { Flow, StageItem, StagePool, StagePort } from '#libs/scheduler';
import type { RemotePool } from './remote-pool.js';

/** Batches of each replica here before the hosts get any: one that runs, and one that waits, here or with the replica. */
const BATCHES_HERE = 2;

/**
 * A stage that runs here and on other hosts: replicas here come first. Once each of them has a batch and another one that
 * waits, what comes goes to the hosts, where there are any.
 */
export class SpillPort implements StagePort {
  /** @param places items that a replica runs at the same time */
  constructor(
    private readonly local: StagePool,
    private readonly remote: RemotePool,
    private readonly places: number,
  ) {}

  get stage(): string {
    return this.local.stage;
  }

  get maxQueueWaitMs(): number | undefined {
    return this.local.maxQueueWaitMs;
  }

  waitingShare(flow: Flow): number {
    return this.next.waitingShare(flow);
  }

  predictedWaitMs(now: number, flow: Flow): number {
    return this.next.predictedWaitMs(now, flow);
  }

  predictedServiceMs(now: number): number {
    return this.next.predictedServiceMs(now);
  }

  shed(code: string): void {
    this.local.shed(code);
  }

  submit(item: StageItem): void {
    this.next.submit(item);
  }

  drop(item: StageItem): void {
    this.holder(item).drop(item);
  }

  consumed(item: StageItem, bytes: number): void {
    this.holder(item).consumed(item, bytes);
  }

  private holder(item: StageItem): StagePort {
    return this.remote.has(item) ? this.remote : this.local;
  }

  /** Where an item would go that came now. */
  private get next(): StagePort {
    const { ready, waiting, running } = this.local.status;
    const isFull = waiting + running >= ready * this.places * BATCHES_HERE;
    return isFull && this.remote.unreadyReason === undefined ? this.remote : this.local;
  }
}
