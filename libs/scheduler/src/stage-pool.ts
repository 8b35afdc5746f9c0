import { InferenceTimeoutError, MosecError, type Outcome } from '#libs/contracts';
import type { BatchListener, Replica, ReplicaSink } from '#libs/transport';
import { BatchCollector } from './batch-collector.js';
import { crashOutcome } from './crash-outcome.js';
import { EventGate } from './event-gate.js';
import { Dispatcher } from './dispatcher.js';
import type { Flow } from './flow.js';
import { ForwardWatch } from './forward-watch.js';
import { PoolMember } from './pool-member.js';
import type { StageItem } from './stage-item.js';
import type { StagePort } from './stage-port.js';
import { ReplicaRoster } from './replica-roster.js';
import { snapshotOf, type PoolSnapshot } from './pool-snapshot.js';
import type { PoolStatus, StagePoolOptions } from './stage-pool-options.js';
import { Suspects } from './suspects.js';
import { WaitPredictor } from './wait-predictor.js';

/** The queue, the batcher and the replicas of one stage. Dispatches once per turn of the event loop. */
export class StagePool implements ReplicaSink, StagePort {
  private readonly collector: BatchCollector<StageItem>;
  private readonly suspects = new Suspects();
  private readonly replicas = new ReplicaRoster();
  private readonly predictor: WaitPredictor;
  /** Where the stage streams. */
  private readonly events?: EventGate;
  private running = 0;
  private readonly dispatcher: Dispatcher;

  constructor(private readonly options: StagePoolOptions) {
    this.predictor = new WaitPredictor(options.maxBatchSize);
    if (options.stream) this.events = new EventGate(this.replicas, () => this.dispatcher.schedule());
    this.collector = new BatchCollector(options, (item) =>
      item.settle({ error: new InferenceTimeoutError('inference timeout') }),
    );
    const { stage, now, observer, stream, tracer } = options;
    const { collector, suspects, replicas, maxConcurrency } = this;
    this.dispatcher = new Dispatcher(
      { collector, suspects, replicas },
      // Nothing goes ahead behind streams, which take as long as they take.
      { stage, maxConcurrency, sendsAhead: !stream, now, observer, tracer, sent: (items) => (this.running += items) },
    );
  }

  get stage(): string {
    return this.options.stage;
  }

  get status(): PoolStatus {
    return { ready: this.replicas.ready, waiting: this.waiting, running: this.running };
  }

  /** Items that no replica has yet. */
  get waiting(): number {
    return this.collector.size + this.suspects.size;
  }

  get maxQueueWaitMs(): number | undefined {
    return this.options.maxQueueWaitMs;
  }

  waitingShare(flow: Flow): number {
    return this.collector.share(flow) + this.suspects.size;
  }

  predictedWaitMs(now: number, flow: Flow): number {
    return this.waitMs(now, this.collector.ahead(flow) + this.suspects.size);
  }

  /** Milliseconds that an item would wait behind all that is here, whichever route it came from. */
  backlogMs(now: number): number {
    return this.waitMs(now, this.waiting);
  }

  /** What counts of a stream is its first event, and its whole time says nothing of that. */
  predictedServiceMs(now: number): number {
    return this.isBusy && !this.options.stream ? this.predictor.batchMs(now) : 0;
  }

  /** A request was refused because of the queue here. */
  shed(code: string): void {
    this.options.observer.shed(code);
  }

  /** Milliseconds that a full batch is reckoned to take, busy or not; 0 while nothing is known. */
  reckonedBatchMs(now: number): number {
    return this.predictor.batchMs(now);
  }

  private waitMs(now: number, ahead: number): number {
    return this.isBusy ? this.predictor.waitMs(now, ahead + this.running, this.ready) : 0;
  }

  /** Batches that the replicas run at the same time. */
  private get ready(): number {
    return this.replicas.ready * this.maxConcurrency;
  }

  private get maxConcurrency(): number {
    return this.options.stream?.maxConcurrency ?? 1;
  }

  /** Whether a new item would have to wait for a replica. */
  private get isBusy(): boolean {
    return this.ready > 0 && (this.waiting > 0 || this.replicas.idle === 0);
  }

  /** @param deaths hosts that were lost while they had it: then it runs alone @default 0 */
  submit(item: StageItem, deaths = 0): void {
    item.deaths = deaths;
    item.workerId = 0;
    if (deaths === 0) this.collector.push(item, this.options.now(), this.running);
    else this.suspect(item);
    this.dispatcher.schedule();
  }

  private suspect(item: StageItem): void {
    item.arrivedAt = this.options.now();
    this.suspects.add(item);
  }

  /** Nobody waits for the item any more: it leaves its queue, or its replica is told. */
  drop(item: StageItem): void {
    if (item.batch) return this.dropRunning(item);
    if (this.collector.remove(item) || this.suspects.remove(item)) this.dispatcher.schedule();
  }

  /** The item's client has read so many bytes of its events. */
  consumed(item: StageItem, bytes: number): void {
    this.events?.consumed(item, bytes);
  }

  snapshot(now: number): PoolSnapshot {
    const { collector, replicas, predictor, dispatcher } = this;
    return snapshotOf({ collector, replicas, predictor, dispatcher }, now);
  }

  /** While it is, replicas get no more batches; what they have goes on. */
  get isPaused(): boolean {
    return this.dispatcher.isPaused;
  }

  set isPaused(isPaused: boolean) {
    this.dispatcher.isPaused = isPaused;
    this.dispatcher.schedule();
  }

  /** From now on no partial batch is held, and a pause is over: every item that is inside is owed an answer. */
  drain(): void {
    this.dispatcher.isPaused = false;
    this.collector.drain();
    this.dispatcher.schedule();
  }

  attach(replica: Replica): BatchListener {
    const member: PoolMember = new PoolMember(
      replica,
      this.watch(() => member),
      this.maxConcurrency,
    );
    this.replicas.add(member, this.options.now());
    this.dispatcher.schedule();
    return {
      begun: (batch, indexes) => {
        if (!member.begun(batch, indexes)) this.distrust(member);
      },
      streamed: (...events) => {
        if (!this.events?.receive(member, ...events)) this.distrust(member);
      },
      settled: (batch, index, ok, payload, shared, stored) => {
        // Before the item leaves its batch: if this throws, the item still shares the fate of its replica.
        const outcome = ok ? { payload, shared, stored } : { error: this.options.decodeError(payload) };
        this.settled(member, batch, index, outcome);
      },
      finished: (batch) => this.finished(member, batch),
      detached: () => this.detach(member),
      retire: (onIdle) => this.replicas.retire(member, onIdle),
      load: () => member.load,
    };
  }

  private watch(member: () => PoolMember): ForwardWatch {
    return new ForwardWatch(this.options, this.options.now, {
      timedOut: () => this.timedOut(member()),
      hung: () => member().replica.kill(),
    });
  }

  private timedOut(member: PoolMember): void {
    const error = new InferenceTimeoutError(`forward took longer than ${this.options.timeoutMs} ms`);
    for (const item of member.runningItems) {
      this.dropRunning(item);
      item.settle({ error });
    }
  }

  private settled(member: PoolMember, batch: number, index: number, outcome: Outcome): void {
    const sent = member.batches.get(batch);
    if (!sent || index >= sent.items.length) return this.distrust(member);
    const item = sent.take(index);
    if (!item) return;
    this.running--;
    item.timings?.push(member.timing(this.stage, item, sent, this.options.now()));
    item.settle(outcome);
    member.watchAbandoned();
  }

  private finished(member: PoolMember, id: number): void {
    const now = this.options.now();
    const wasIdle = this.replicas.firstIdle() !== undefined;
    const done = member.finish(id, now);
    if (!done) return this.distrust(member);
    const { running, waiting } = done.batch.takeAll();
    for (const item of [...running, ...waiting]) this.settleUnanswered(item);
    this.replicas.finished(member, wasIdle, now);
    const { items, predictedMs, trace } = done.batch;
    trace?.end(now);
    this.predictor.record(now, items.length, done.serviceMs);
    this.options.observer.batchDone(member.replica.workerId, done.serviceMs, predictedMs, items.length);
    this.dispatcher.schedule();
  }

  /** A worker that answers what it was not asked cannot be trusted with anything. */
  private distrust(member: PoolMember): void {
    member.replica.kill();
  }

  private settleUnanswered(item: StageItem): void {
    this.running--;
    const cause = new Error(`stage "${this.stage}" finished a batch without an answer for one of its items`);
    item.settle({ error: new MosecError('inference internal error', 500, 'INTERNAL', { cause }) });
  }

  private dropRunning(item: StageItem): void {
    const holder = this.replicas.holderOf(item);
    if (!holder) return;
    const { member, batch } = holder;
    this.running--;
    member.replica.cancel(batch.id, [batch.drop(item)]);
    member.watchAbandoned();
  }

  /** The replica's results have ended: what it answered counts, the rest runs elsewhere or fails here. */
  private detach(member: PoolMember): void {
    member.watch.stop();
    this.replicas.remove(member);
    const unbegun: StageItem[] = [];
    const crashed: StageItem[] = [];
    for (const batch of member.batches.values()) {
      const { running, waiting } = batch.takeAll();
      batch.trace?.end(this.options.now(), 'the worker ended');
      this.running -= running.length + waiting.length;
      // A suspect stays one, also when its re-run was never begun: it must not take batch-mates down.
      if (batch.isolated) for (const item of waiting) this.suspects.add(item);
      else unbegun.push(...waiting);
      crashed.push(...running);
    }
    member.batches.clear();
    this.collector.pushFront(unbegun);
    this.settleCrashed(crashed);
    this.dispatcher.schedule();
  }

  /** Last, and those that run again first: an answer may drop any other item at once, which must find it. */
  private settleCrashed(items: readonly StageItem[]): void {
    const failed: (() => void)[] = [];
    const { observer, retryOnCrash } = this.options;
    for (const item of items) {
      item.deaths++;
      const outcome = crashOutcome(this.stage, item.deaths, retryOnCrash, item.window !== undefined);
      if (outcome) failed.push(() => item.settle(outcome));
      else this.suspects.add(item);
    }
    if (failed.length < items.length) observer.retried(items.length - failed.length);
    for (const settle of failed) settle();
  }
}
