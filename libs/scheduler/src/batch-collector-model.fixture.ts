import { expect } from 'vitest';
import type { CollectorOptions } from './batch-collector-options.js';
import type { BatchHold } from './batch-collector-poll.js';
import { Bench, TestItem } from './batch-collector.fixture.js';

/** One thing that happens to a pool. Indexes wrap around what is there. */
export type Step =
  | { readonly kind: 'arrive'; readonly count: number; readonly ttlMs: number; readonly flow: number }
  | { readonly kind: 'pass'; readonly ms: number }
  | { readonly kind: 'finish'; readonly index: number }
  | { readonly kind: 'crash'; readonly index: number }
  | { readonly kind: 'cancel'; readonly index: number }
  | { readonly kind: 'sendAhead' };

/** More are not needed for one to come between two others. */
export const FLOWS = [Symbol('a'), Symbol('b'), Symbol('c')] as const;

type Fate = 'waiting' | 'sent' | 'cancelled' | 'expired';

/** A pool around the real collector which checks every answer against a plain list of what waits. */
export class PoolModel {
  readonly bench: Bench;
  readonly fates = new Map<TestItem, Fate>();
  readonly #ready: number;
  readonly #waiting: TestItem[] = [];
  /** Batches with the replicas; `ahead` ones take no idle replica. */
  readonly #batches: { items: TestItem[]; ahead: boolean }[] = [];
  #expiredSeen = 0;
  #now = 0;
  #idle: number;
  #idleSince = 0;

  constructor(
    private readonly options: CollectorOptions,
    replicas: number,
  ) {
    this.bench = new Bench(options);
    this.#ready = this.#idle = replicas;
  }

  /** Plays one step and then one turn of the event loop. */
  play(step: Step): void {
    if (step.kind === 'arrive') this.#arrive(step);
    else if (step.kind === 'pass') return this.#pass(step.ms);
    else if (step.kind === 'finish') this.#end(step.index, false);
    else if (step.kind === 'crash') this.#end(step.index, true);
    else if (step.kind === 'cancel') this.#cancel(step.index);
    else this.#sendAhead();
    this.#turn();
  }

  /** Drains the pool and finishes everything. */
  close(): void {
    this.bench.collector.drain();
    this.#turn();
    while (this.#batches.length > 0) this.play({ kind: 'finish', index: 0 });
  }

  #arrive({ count, ttlMs, flow }: Step & { kind: 'arrive' }): void {
    const running = this.#batches.reduce((sum, { items }) => sum + items.length, 0);
    for (let added = 0; added < count; added += 1) {
      const item = new TestItem(this.fates.size, this.#now + ttlMs, FLOWS[flow]);
      this.fates.set(item, 'waiting');
      this.#waiting.push(item);
      this.bench.collector.push(item, this.#now, running);
    }
  }

  /** Wakes at every moment that the collector asked for. */
  #pass(ms: number): void {
    const end = this.#now + ms;
    for (;;) {
      const until = this.#turn()?.until ?? Infinity;
      if (until > end) break;
      this.#now = until;
    }
    this.#now = end;
    this.#turn();
  }

  #end(index: number, crashed: boolean): void {
    const [batch] = this.#batches.splice(index % Math.max(1, this.#batches.length), 1);
    if (batch === undefined) return;
    if (crashed) {
      for (const item of batch.items) this.fates.set(item, 'waiting');
      this.#waiting.unshift(...batch.items);
      this.bench.collector.pushFront(batch.items);
    }
    if (batch.ahead) return;
    if (this.#idle === 0) this.#idleSince = this.#now;
    this.#idle += 1;
  }

  #cancel(index: number): void {
    const item = [...this.fates.keys()][index % Math.max(1, this.fates.size)];
    if (item === undefined) return;
    const waits = this.fates.get(item) === 'waiting';
    expect(this.bench.collector.remove(item)).toBe(waits);
    if (!waits) return;
    this.fates.set(item, 'cancelled');
    this.#waiting.splice(this.#waiting.indexOf(item), 1);
  }

  #sendAhead(): void {
    if (this.#idle > 0) return;
    const items = this.bench.collector.takeFull(this.#now);
    this.#noteExpired();
    if (items !== undefined) {
      expect(items).toHaveLength(this.options.maxBatchSize);
      this.#send(items, true);
    } else expect(this.#alive().length).toBeLessThan(this.options.maxBatchSize);
  }

  #turn(): BatchHold | undefined {
    for (;;) {
      const pool = { ready: this.#ready, idle: this.#idle, idleSince: this.#idleSince };
      const answer = this.bench.collector.poll(this.#now, pool);
      this.#noteExpired();
      if (answer?.kind !== 'batch') {
        this.#checkNothingDue(answer);
        return answer;
      }
      this.#idle -= 1;
      this.#send(answer.items, false);
      expect(answer.heldMs).toBeGreaterThanOrEqual(0);
      // A partial batch takes all that waits, so no second one can follow it to another idle replica.
      if (answer.items.length < this.options.maxBatchSize) expect(this.#alive()).toEqual([]);
    }
  }

  /** An idle replica without a batch is right only while nothing waits, or a partial batch may still be held. */
  #checkNothingDue(answer: BatchHold | undefined): void {
    const [oldest] = this.#alive().sort((a, b) => a.arrivedAt - b.arrivedAt);
    if (this.#idle === 0 || oldest === undefined) return expect(answer).toBeUndefined();
    const heldFrom = Math.max(oldest.arrivedAt, this.#idleSince);
    expect(this.#alive().length).toBeLessThan(this.options.maxBatchSize);
    expect(answer?.until).toBeGreaterThan(this.#now);
    expect(answer?.until).toBeLessThanOrEqual(heldFrom + this.options.maxWaitMs);
    for (const item of this.#alive()) expect(answer?.until).toBeLessThan(item.deadline);
  }

  #send(items: TestItem[], ahead: boolean): void {
    expect(items.length).toBeGreaterThan(0);
    expect(items.length).toBeLessThanOrEqual(this.options.maxBatchSize);
    this.#checkTurns(items);
    for (const item of items) this.#leave(item, 'sent');
    this.#batches.push({ items, ahead });
  }

  /** Each flow in order of arrival, and of each as many as of any other, unless it had no more or was first. */
  #checkTurns(items: readonly TestItem[]): void {
    const alive = this.#alive();
    const counts = FLOWS.map((flow) => {
      const ids = (of: readonly TestItem[]): number[] => of.filter((item) => item.flow === flow).map(({ id }) => id);
      const sent = ids(items);
      const waiting = ids(alive);
      expect(sent).toEqual(waiting.slice(0, sent.length));
      return { sent: sent.length, isEmpty: sent.length === waiting.length };
    });
    const most = Math.max(...counts.map(({ sent }) => sent));
    for (const { sent, isEmpty } of counts) if (!isEmpty) expect(sent).toBeGreaterThanOrEqual(most - 1);
  }

  #noteExpired(): void {
    for (const item of this.bench.expired.slice(this.#expiredSeen)) {
      expect(item.deadline).toBeLessThanOrEqual(this.#now);
      this.#leave(item, 'expired');
    }
    this.#expiredSeen = this.bench.expired.length;
    expect(this.bench.collector.size).toBeLessThanOrEqual(this.#waiting.length);
  }

  #leave(item: TestItem, fate: Fate): void {
    expect(this.fates.get(item)).toBe('waiting');
    this.fates.set(item, fate);
    this.#waiting.splice(this.#waiting.indexOf(item), 1);
  }

  #alive(): TestItem[] {
    return this.#waiting.filter((item) => item.deadline > this.#now);
  }
}
