import type { Flow, StageItem, StagePort } from '#libs/scheduler';
import { FlowCounts } from './flow-counts.js';
import type { StageHosts } from './host-registry.js';
import type { RemoteEntry } from './remote-entry.js';
import { lostRemotely, unreachable } from './remote-errors.js';
import type { RemoteOutcome } from './outcome-value.js';
import type { RemoteUsage } from './remote-usage.js';
import type { StageQueue } from './stage-queue.js';

export interface RemotePoolOptions {
  readonly stage: string;
  /** Whether an item that Redis has lost may be sent again: it may run already. */
  readonly retryOnCrash: boolean;
  readonly maxQueueWaitMs?: number | undefined;
  readonly queue: StageQueue;
  readonly hosts: () => StageHosts;
  /** Whether hosts run the stage that would not understand its items. */
  readonly others: () => boolean;
  /** Why nothing can be sent; undefined when it can. */
  readonly downReason: () => string | undefined;
  /** Gives the item its place among all that are open. */
  readonly register: (item: StageItem) => RemoteEntry;
  readonly forget: (entry: RemoteEntry) => void;
  readonly now: () => number;
  readonly shed: (code: string) => void;
}

/** The way of a gateway to a stage that runs on other hosts. Sends once per turn of the event loop. */
export class RemotePool implements StagePort {
  private readonly entries = new Map<StageItem, RemoteEntry>();
  private readonly flows = new FlowCounts();
  private unsent: RemoteEntry[] = [];
  private withdrawn: RemoteEntry[] = [];
  private credits: (readonly [id: string, bytes: number])[] = [];
  private isScheduled = false;
  private sent = 0;
  private resent = 0;

  constructor(private readonly options: RemotePoolOptions) {}

  get stage(): string {
    return this.options.stage;
  }

  get maxQueueWaitMs(): number | undefined {
    return this.options.maxQueueWaitMs;
  }

  /** Why it cannot serve; undefined when it can. */
  get unreadyReason(): string | undefined {
    const down = this.options.downReason();
    if (down !== undefined) return down;
    if (this.options.hosts().hosts > 0) return undefined;
    const others = this.options.others() ? ': those there are have other codecs, run the same program on all' : '';
    return `no host serves stage ${this.stage}${others}`;
  }

  get usage(): RemoteUsage {
    const { stage, options, entries } = this;
    const { hosts, slots } = options.hosts();
    const { sent, resent } = this;
    return { stage, hosts, slots, queued: options.queue.waiting, open: entries.size, sent, resent };
  }

  has(item: StageItem): boolean {
    return this.entries.has(item);
  }

  /** What the hosts do not run already is taken to wait. */
  waitingShare(flow: Flow): number {
    return Math.max(0, this.flows.share(flow) - this.options.hosts().places);
  }

  /** By the queue of all gateways as it was lately, or by what is open here, whichever is more. */
  predictedWaitMs(): number {
    const { places, batchMs } = this.options.hosts();
    if (places === 0) return 0;
    const waiting = Math.max(this.options.queue.waiting, this.entries.size - places);
    return waiting <= 0 ? 0 : (waiting / places) * batchMs;
  }

  predictedServiceMs(): number {
    const { places, batchMs } = this.options.hosts();
    return this.entries.size >= places ? batchMs : 0;
  }

  shed(code: string): void {
    this.options.shed(code);
  }

  submit(item: StageItem): void {
    const entry = this.options.register(item);
    this.entries.set(item, entry);
    this.sent++;
    this.flows.add(item.flow);
    this.unsent.push(entry);
    this.schedule();
  }

  drop(item: StageItem): void {
    const entry = this.entries.get(item);
    if (!entry) return;
    this.close(entry);
    if (!entry.isSent) return;
    this.withdrawn.push(entry);
    this.schedule();
  }

  consumed(item: StageItem, bytes: number): void {
    const entry = this.entries.get(item);
    if (!entry) return;
    this.credits.push([entry.id, bytes]);
    this.schedule();
  }

  /** Its outcome has come. */
  settle(entry: RemoteEntry, { payload, error, computeMs, batchSize }: RemoteOutcome): void {
    if (entry.isDone) return;
    this.close(entry);
    const { item } = entry;
    const queueMs = Math.max(0, this.options.now() - entry.submittedAt - computeMs);
    item.timings?.push({ stage: this.stage, queueMs, computeMs, batchSize });
    item.settle(error ? { error } : { payload: payload ?? new Uint8Array(0) });
  }

  /** Events of its stream have come. */
  streamed(entry: RemoteEntry, count: number, payload: Buffer): void {
    entry.isStreaming = true;
    entry.item.receive(payload, count);
  }

  /** Redis has taken it and has neither it nor its outcome any more. */
  lost(entry: RemoteEntry, why: string): void {
    if (entry.isDone) return;
    if (entry.isStreaming || !this.options.retryOnCrash) return this.fail(entry, lostRemotely(this.stage, why));
    this.resent++;
    this.unsent.push(entry);
    this.schedule();
  }

  /** The connection is lost: events may be missing. */
  interrupted(reason: string): void {
    for (const entry of this.entries.values()) {
      if (entry.isStreaming) this.fail(entry, lostRemotely(this.stage, `connection lost in a stream: ${reason}`));
    }
  }

  /** Redis has not taken the item or its outcome, or has lost the outcome. */
  refused(entry: RemoteEntry, why: string): void {
    this.fail(entry, unreachable(this.stage, why));
  }

  private fail(entry: RemoteEntry, error: NonNullable<RemoteOutcome['error']>): void {
    if (entry.isDone) return;
    this.close(entry);
    if (entry.isSent) {
      this.withdrawn.push(entry);
      this.schedule();
    }
    entry.item.settle({ error });
  }

  private close(entry: RemoteEntry): void {
    entry.isDone = true;
    this.entries.delete(entry.item);
    this.flows.remove(entry.item.flow);
    this.options.forget(entry);
  }

  private schedule(): void {
    if (this.isScheduled) return;
    this.isScheduled = true;
    setImmediate(() => this.flush());
  }

  /** Without a connection what is new is refused; what is withdrawn, the queue remembers. */
  private flush(): void {
    this.isScheduled = false;
    const { queue } = this.options;
    const down = this.options.downReason();
    const [unsent, withdrawn, credits] = [this.unsent, this.withdrawn, this.credits];
    [this.unsent, this.withdrawn, this.credits] = [[], [], []];
    const open = unsent.filter(({ isDone }) => !isDone);
    if (down !== undefined) for (const entry of open) this.refused(entry, down);
    else if (open.length > 0) queue.add(open, (entry, why) => this.refused(entry, why));
    if (withdrawn.length > 0) queue.withdraw(withdrawn.map(({ id }) => id));
    if (credits.length > 0 && down === undefined) queue.credit(credits);
  }
}
