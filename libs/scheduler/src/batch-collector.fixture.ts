import type { CollectorOptions } from './batch-collector-options.js';
import type { BatchHold, BatchRelease, PoolState } from './batch-collector-poll.js';
import { BatchCollector } from './batch-collector.js';
import { SOLE_FLOW } from './flow.js';
import { QueueEntry } from './item-queue-entry.js';

export class TestItem extends QueueEntry {
  constructor(
    readonly id: number,
    deadline = Infinity,
    flow = SOLE_FLOW,
  ) {
    super(deadline, flow);
  }
}

export function makeItems(count: number, deadline?: number): TestItem[] {
  return Array.from({ length: count }, (_, id) => new TestItem(id, deadline));
}

/** A collector with a record of what it found expired. Defaults: batches of 4, hold 16 ms, fixed. */
export class Bench {
  readonly expired: TestItem[] = [];
  readonly collector: BatchCollector<TestItem>;

  constructor(options: Partial<CollectorOptions> = {}) {
    this.collector = new BatchCollector<TestItem>(
      { maxBatchSize: 4, maxWaitMs: 16, waitPolicy: 'fixed', ...options },
      (item) => this.expired.push(item),
    );
  }

  push(items: readonly TestItem[], now: number, running = 0): void {
    for (const item of items) this.collector.push(item, now, running);
  }

  /** Polls for one idle replica, idle since 0, unless `pool` says otherwise. */
  poll(now: number, pool: Partial<PoolState> = {}): BatchRelease<TestItem> | BatchHold | undefined {
    return this.collector.poll(now, { ready: 1, idle: 1, idleSince: 0, ...pool });
  }
}
