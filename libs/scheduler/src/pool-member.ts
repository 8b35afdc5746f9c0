import type { BatchTrace, StageTiming } from '#libs/contracts';
import type { Replica, ReplicaLoad } from '#libs/transport';
import { BatchList } from './batch-list.js';
import type { ForwardWatch } from './forward-watch.js';
import { framesAheadLimit } from './frames-ahead.js';
import { InFlightBatch } from './in-flight-batch.js';
import type { StageItem } from './stage-item.js';

const SMOOTHING = 0.2;

/** A ready replica in its pool: the batches it has, and how fast it is. */
export class PoolMember {
  /** In the order in which they were sent. */
  readonly batches = new BatchList();
  /** Smoothed milliseconds per batch; 0 while unknown. */
  serviceMs = 0;
  private lastFinishedAt = 0;
  private nextBatch = 1;

  constructor(
    readonly replica: Replica,
    readonly watch: ForwardWatch,
    private readonly maxConcurrency = 1,
  ) {}

  get isIdle(): boolean {
    return this.batches.size === 0;
  }

  get load(): ReplicaLoad {
    const { batches, serviceMs } = this;
    return { items: batches.values().reduce((sum, { open }) => sum + open, 0), batches: batches.size, serviceMs };
  }

  /** Whether a batch sent now would begin at once. An isolated re-run stays alone until it streams. */
  get hasRoom(): boolean {
    if (this.isIdle) return true;
    return this.batches.size < this.maxConcurrency && !this.isIsolated;
  }

  /** Whether it may re-run an item whose replica died: nothing is here that would have to run again with it. */
  get takesSuspect(): boolean {
    if (this.isIdle) return true;
    return this.hasRoom && this.batches.values().every((batch) => batch.isStreaming);
  }

  /** True when one more full batch may be sent before the running one is done. */
  get takesAhead(): boolean {
    if (this.batches.size > framesAheadLimit(this.serviceMs)) return false;
    return !this.isIsolated;
  }

  private get isIsolated(): boolean {
    for (const batch of this.batches.values()) if (batch.isolated && !batch.isStreaming) return true;
    return false;
  }

  /** Items that `forward` is running with. */
  get runningItems(): readonly StageItem[] {
    for (const batch of this.batches.values()) if (batch.hasBegun) return batch.runningItems;
    return [];
  }

  /** @returns false when it has no such batch */
  begun(id: number, indexes: readonly number[] | undefined): boolean {
    const batch = this.batches.get(id);
    if (!batch) return false;
    batch.begun(indexes);
    this.watch.entered();
    this.watchAbandoned();
    return true;
  }

  /**
   * Nobody waits any more for what the replica is at, whether it has begun or is still reading it: then it must come
   * to an end soon. Also catches a process that has been stopped or never gives a batch back.
   */
  watchAbandoned(): void {
    if (this.isAbandoned) this.watch.abandoned();
    else if (this.maxConcurrency > 1) this.watch.left();
  }

  /** Where calls run at the same time, one that does not end must not take the others with it. */
  private get isAbandoned(): boolean {
    if (this.maxConcurrency === 1) return this.batches.first?.open === 0;
    return !this.isIdle && this.batches.values().every(({ open }) => open === 0);
  }

  send(items: readonly StageItem[], now: number, isolated: boolean, trace?: BatchTrace): void {
    const batch = new InFlightBatch(this.nextBatch++, items, now, isolated, this.serviceMs, trace);
    for (const item of items) item.workerId = this.replica.workerId;
    this.batches.add(batch);
    if (this.maxConcurrency > 1) this.watchAbandoned();
    this.replica.send(batch.id, items);
  }

  /** The credit of a batch returns. @returns the batch and its milliseconds in the replica, without waiting behind others */
  finish(id: number, now: number): { batch: InFlightBatch; serviceMs: number } | undefined {
    const batch = this.batches.get(id);
    if (!batch) return undefined;
    if (batch === this.batches.first) this.watch.left();
    this.batches.delete(id);
    this.watchAbandoned();
    const serviceMs = now - this.begunAt(batch);
    this.lastFinishedAt = now;
    this.serviceMs = this.serviceMs === 0 ? serviceMs : this.serviceMs + SMOOTHING * (serviceMs - this.serviceMs);
    return { batch, serviceMs };
  }

  /** @returns how an item of a batch fared that has its result now */
  timing(stage: string, { arrivedAt }: StageItem, batch: InFlightBatch, now: number): StageTiming {
    const begunAt = this.begunAt(batch);
    return { stage, queueMs: begunAt - arrivedAt, computeMs: now - begunAt, batchSize: batch.items.length };
  }

  /** When a batch had the replica for itself. */
  private begunAt({ sentAt }: InFlightBatch): number {
    return this.maxConcurrency > 1 ? sentAt : Math.max(sentAt, this.lastFinishedAt);
  }
}
