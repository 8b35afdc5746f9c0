import type { ReleaseReason } from '#libs/contracts';
import type { CollectorOptions } from './batch-collector-options.js';
import type { BatchHold, BatchRelease, PoolState } from './batch-collector-poll.js';
import { FairQueue } from './fair-queue.js';
import type { FlowQueue } from './flow-queue.js';
import type { Flow } from './flow.js';
import { createHoldPolicy } from './hold-policy-factory.js';
import type { HoldPolicy } from './hold-policy.js';
import type { QueueEntry } from './item-queue-entry.js';

/** A batch leaves this long before the latest useful moment, because a timer may fire late. */
const TIMER_SLACK_MS = 2;

/**
 * Collects the items of one pool into batches. Pure: every time is passed in, in epoch milliseconds on the clock of
 * the deadlines. Poll once per turn of the event loop, and again while it returns batches and replicas are idle:
 * full batches come first, at most one partial batch follows, and it takes everything that is left.
 */
export class BatchCollector<T extends QueueEntry> {
  readonly #queue = new FairQueue<T>();
  readonly #maxBatchSize: number;
  #policy: HoldPolicy | undefined;
  #draining = false;
  /** Whether a poll kept the present partial batch back: only then does its release teach the policy. */
  #held = false;
  /** No item in the queue has an earlier deadline; may be too early after a removal, never too late. */
  #earliestDeadline = Infinity;

  /** @param onExpired Told of each item found past its deadline, after it was detached. It must not poll or take. */
  constructor(
    options: CollectorOptions,
    private readonly onExpired: (item: T) => void,
  ) {
    this.#maxBatchSize = options.maxBatchSize;
    this.#policy = createHoldPolicy(options);
  }

  /** Items that wait. */
  get size(): number {
    return this.#queue.size;
  }

  /** The item that has waited longest. */
  get oldest(): T | undefined {
    return this.#queue.oldest;
  }

  /** Items that wait, counting of each other flow at most as many as of this one. */
  share(flow: Flow): number {
    return this.#queue.share(flow);
  }

  /** Items that are likely to leave before a new one of this flow. */
  ahead(flow: Flow): number {
    return this.#queue.ahead(flow);
  }

  /** Accepts an item that arrives at `now`, while `running` items are with the replicas. */
  push(item: T, now: number, running: number): void {
    item.arrivedAt = now;
    this.#queue.push(item);
    if (item.deadline < this.#earliestDeadline) this.#earliestDeadline = item.deadline;
    this.#policy?.arrived(now, this.#queue.size + running);
  }

  /** Takes back items that a replica never began: to the front of their flows, with their arrival and deadline. */
  pushFront(items: readonly T[]): void {
    this.#queue.pushFront(items);
    for (const item of items) this.#earliestDeadline = Math.min(this.#earliestDeadline, item.deadline);
  }

  /** Withdraws a cancelled or expired item. False when it has already left. */
  remove(item: T): boolean {
    const removed = this.#queue.remove(item);
    if (removed) this.#settleWhenEmpty();
    return removed;
  }

  /** A batch to send now to an idle replica, or when to ask again, or nothing to do. */
  poll(now: number, pool: PoolState): BatchRelease<T> | BatchHold | undefined {
    if (pool.idle === 0) return undefined;
    const leadMs = TIMER_SLACK_MS + (pool.serviceMs ?? 0);
    this.#expire(now, leadMs);
    const { oldest } = this.#queue;
    if (oldest === undefined) return undefined;
    const since = Math.max(oldest.arrivedAt, pool.idleSince);
    const leaveBy = this.#earliestDeadline - leadMs;
    const reason = this.#reasonToLeave(now, since, leaveBy, pool.ready);
    if (reason !== undefined) {
      this.#learn(reason);
      return { kind: 'batch', items: this.#take(), reason, heldMs: Math.max(0, now - since) };
    }
    this.#held = true;
    return { kind: 'wait', until: Math.min(since + (this.#policy?.holdMs ?? 0), leaveBy) };
  }

  /** A full batch to send ahead to a busy replica, or `undefined` when fewer than `maxBatchSize` items wait. */
  takeFull(now: number): T[] | undefined {
    if (this.#queue.size < this.#maxBatchSize) return undefined;
    this.#expire(now, 0);
    return this.#queue.size < this.#maxBatchSize ? undefined : this.#take();
  }

  /** From now on nothing is held. */
  drain(): void {
    this.#draining = true;
    this.#policy = undefined;
  }

  #reasonToLeave(now: number, since: number, leaveBy: number, ready: number): ReleaseReason | undefined {
    const size = this.#queue.size;
    if (size >= this.#maxBatchSize) return 'full';
    if (this.#draining) return 'drain';
    if (this.#policy === undefined) return 'idle';
    const target = this.#policy.target(now, ready);
    if (target <= 1) return 'idle';
    if (size >= target) return 'target';
    if (now >= since + this.#policy.holdMs) return 'hold';
    return now >= leaveBy ? 'deadline' : undefined;
  }

  #learn(reason: ReleaseReason): void {
    if (!this.#held) return;
    if (reason === 'hold') this.#policy?.missed();
    else if (reason === 'full' || reason === 'target') this.#policy?.reached();
  }

  #take(): T[] {
    const items: T[] = [];
    this.#held = false;
    while (items.length < this.#maxBatchSize) {
      const item = this.#queue.shift();
      if (item === undefined) break;
      items.push(item);
    }
    this.#settleWhenEmpty();
    return items;
  }

  #settleWhenEmpty(): void {
    if (this.#queue.size > 0) return;
    this.#held = false;
    this.#earliestDeadline = Infinity;
  }

  /** Ensures that the next batch has no expired member and, if it is partial, that its earliest deadline is exact. */
  #expire(now: number, leadMs: number): void {
    // Repeated because `onExpired` may remove further items and so bring unexamined ones into the batch.
    while (this.#earliestDeadline <= now + leadMs) {
      const expired = this.#detachExpired(now);
      if (expired.length === 0) return;
      for (const item of expired) this.onExpired(item);
    }
  }

  #detachExpired(now: number): T[] {
    const expired: T[] = [];
    let earliest = Infinity;
    let isWhole = true;
    for (const flow of this.#queue.waitingFlows) {
      const next = this.#detachOf(flow, now, expired);
      if (next === undefined) isWhole = false;
      else earliest = Math.min(earliest, next);
    }
    if (isWhole) this.#earliestDeadline = earliest;
    if (this.#queue.size === 0) this.#settleWhenEmpty();
    return expired;
  }

  /**
   * Of what could be in the next batch of this flow.
   * @returns the earliest deadline of the flow, undefined if not all of it has been looked at
   */
  #detachOf(flow: FlowQueue<T>, now: number, expired: T[]): number | undefined {
    let earliest = Infinity;
    let kept = 0;
    let item = flow.head;
    while (item !== undefined && kept < this.#maxBatchSize) {
      const next = flow.after(item);
      if (item.deadline <= now) {
        this.#queue.remove(item);
        expired.push(item);
      } else {
        earliest = Math.min(earliest, item.deadline);
        kept += 1;
      }
      item = next;
    }
    return item === undefined ? earliest : undefined;
  }
}
