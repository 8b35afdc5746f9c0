import { InferenceTimeoutError, MosecError, type StageObserver } from '#libs/contracts';
import type { BatchListener, Replica, ReplicaSink } from '#libs/transport';
import { BatchCollector } from './batch-collector.js';
import type { CollectorOptions } from './batch-collector-options.js';
import { crashOutcome } from './crash-outcome.js';
import { PoolMember } from './pool-member.js';
import type { StageItem } from './stage-item.js';
import { Suspects } from './suspects.js';

export interface StagePoolOptions extends CollectorOptions {
  /** Name of the stage, as in logs and metrics. */
  readonly stage: string;
  /** Whether an item whose replica died while it ran is run once more. */
  readonly retryOnCrash: boolean;
  /** Epoch milliseconds, monotonic: the clock of the deadlines. */
  readonly now: () => number;
  readonly decodeError: (payload: Uint8Array) => MosecError;
  readonly observer: StageObserver;
}

/** Whether a pool could serve at all. */
export interface PoolStatus {
  readonly ready: number;
  readonly waiting: number;
  readonly running: number;
}

/** The queue, the batcher and the replicas of one stage. Dispatches once per turn of the event loop. */
export class StagePool implements ReplicaSink {
  private readonly collector: BatchCollector<StageItem>;
  private readonly suspects = new Suspects();
  private readonly members: PoolMember[] = [];
  private idleSince = 0;
  private running = 0;
  private scheduled = false;
  private suspectsTurn = true;
  private wakeTimer?: NodeJS.Timeout;

  constructor(private readonly options: StagePoolOptions) {
    this.collector = new BatchCollector(options, (item) =>
      item.settle({ error: new InferenceTimeoutError('inference timeout') }),
    );
  }

  get stage(): string {
    return this.options.stage;
  }

  get status(): PoolStatus {
    return { ready: this.members.length, waiting: this.waiting, running: this.running };
  }

  /** Items that no replica has yet. */
  get waiting(): number {
    return this.collector.size + this.suspects.size;
  }

  submit(item: StageItem): void {
    item.deaths = 0;
    this.collector.push(item, this.options.now(), this.running);
    this.schedule();
  }

  /** Nobody waits for the item any more: it leaves its queue, or its replica is told. */
  drop(item: StageItem): void {
    if (item.batch) return this.dropRunning(item);
    if (this.collector.remove(item) || this.suspects.remove(item)) this.schedule();
  }

  /** From now on no partial batch is held. */
  drain(): void {
    this.collector.drain();
    this.schedule();
  }

  attach(replica: Replica): BatchListener {
    const member = new PoolMember(replica);
    if (!this.members.some((other) => other.isIdle)) this.idleSince = this.options.now();
    this.members.push(member);
    this.schedule();
    return {
      begun: (batch, indexes) => member.batches.get(batch)?.begun(indexes),
      settled: (batch, index, ok, payload) => this.settled(member, batch, index, ok, payload),
      finished: (batch) => this.finished(member, batch),
      detached: () => this.detach(member),
    };
  }

  private settled(member: PoolMember, batch: number, index: number, ok: boolean, payload: Uint8Array): void {
    const item = member.batches.get(batch)?.take(index);
    if (!item) return;
    this.running--;
    item.settle(ok ? { payload } : { error: this.options.decodeError(payload) });
  }

  private finished(member: PoolMember, id: number): void {
    const now = this.options.now();
    const wereIdle = this.members.some((other) => other.isIdle);
    const done = member.finish(id, now);
    if (!done) return;
    const { running, waiting } = done.batch.takeAll();
    for (const item of [...running, ...waiting]) this.settleUnanswered(item);
    if (member.isIdle && !wereIdle) this.idleSince = now;
    this.options.observer.batchDone(this.stage, member.replica.workerId, done.serviceMs);
    this.schedule();
  }

  private settleUnanswered(item: StageItem): void {
    this.running--;
    const cause = new Error(`stage "${this.stage}" finished a batch without an answer for one of its items`);
    item.settle({ error: new MosecError('inference internal error', 500, 'INTERNAL', { cause }) });
  }

  private dropRunning(item: StageItem): void {
    for (const member of this.members) {
      const batch = member.batches.get(item.batch?.id ?? 0);
      if (!batch || batch !== item.batch) continue;
      this.running--;
      return member.replica.cancel(batch.id, [batch.drop(item)]);
    }
  }

  /** The replica's results have ended: what it answered counts, the rest runs elsewhere or fails here. */
  private detach(member: PoolMember): void {
    this.members.splice(this.members.indexOf(member), 1);
    const unbegun: StageItem[] = [];
    for (const batch of member.batches.values()) {
      const { running, waiting } = batch.takeAll();
      this.running -= running.length + waiting.length;
      unbegun.push(...waiting);
      for (const item of running) this.crashed(item);
    }
    member.batches.clear();
    this.collector.pushFront(unbegun);
    this.schedule();
  }

  private crashed(item: StageItem): void {
    item.deaths++;
    const outcome = crashOutcome(this.stage, item.deaths, this.options.retryOnCrash);
    if (outcome) item.settle(outcome);
    else this.suspects.add(item);
  }

  private schedule(): void {
    if (this.scheduled) return;
    this.scheduled = true;
    setImmediate(this.dispatch);
  }

  private readonly dispatch = (): void => {
    this.scheduled = false;
    const now = this.options.now();
    clearTimeout(this.wakeTimer);
    while (this.dispatchIdle(now));
    while (this.dispatchAhead(now));
  };

  private dispatchIdle(now: number): boolean {
    const member = this.members.find((candidate) => candidate.isIdle);
    if (!member) return false;
    if (this.suspects.size > 0 && (this.suspectsTurn || this.collector.size === 0))
      return this.sendSuspect(member, now);
    const idle = this.members.reduce((count, other) => count + (other.isIdle ? 1 : 0), 0);
    const decision = this.collector.poll(now, {
      ready: this.members.length,
      idle,
      idleSince: this.idleSince,
      serviceMs: member.serviceMs,
    });
    if (decision?.kind === 'wait')
      this.wakeTimer = setTimeout(this.dispatch, Math.ceil(Math.max(0, decision.until - now)));
    if (decision?.kind !== 'batch') return false;
    this.suspectsTurn = true;
    this.send(member, decision.items, now, false);
    this.options.observer.batchSent(
      this.stage,
      member.replica.workerId,
      decision.items.length,
      decision.heldMs,
      decision.reason,
    );
    return true;
  }

  /** A busy replica gets a full batch early, so that it need not wait for it. Only when none is idle. */
  private dispatchAhead(now: number): boolean {
    let best: PoolMember | undefined;
    for (const member of this.members) {
      if (member.takesAhead && (!best || member.batches.size < best.batches.size)) best = member;
    }
    const items = best && this.collector.takeFull(now);
    if (!best || !items) return false;
    this.send(best, items, now, false);
    this.options.observer.batchSent(this.stage, best.replica.workerId, items.length, 0, 'full');
    return true;
  }

  private sendSuspect(member: PoolMember, now: number): boolean {
    const suspect = this.suspects.next();
    if (!suspect) return false;
    this.suspectsTurn = false;
    this.send(member, [suspect], now, true);
    return true;
  }

  private send(member: PoolMember, items: readonly StageItem[], now: number, isolated: boolean): void {
    this.running += items.length;
    member.send(items, now, isolated);
  }
}
