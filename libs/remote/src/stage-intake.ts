import type { Job } from 'bullmq';
import { UnavailableError, type LogSink, type MosecError, type Outcome } from '#libs/contracts';
import type { DeadlineWheel } from '#libs/pipeline';
import type { StagePool } from '#libs/scheduler';
import type { HostStage, StageControl } from './control-message.js';
import { decodeItem } from './item-value.js';
import { JobFetcher } from './job-fetcher.js';
import { encodeFailure, encodePayload, type RemoteTiming } from './outcome-value.js';
import { OpenJobs, type JobHold, type OpenJob } from './open-jobs.js';
import { lostRemotely, tooManyLosses, unreachable } from './remote-errors.js';
import type { HostLink } from './host-link.js';
import { RemoteItem, type RemoteItemListener } from './remote-item.js';
import { GRACE_MS } from './stage-queue.js';

/** Batches that a host takes for each that it can run: one that runs, and the next one. */
const BATCHES_AHEAD = 2;
const NO_TIMING: RemoteTiming = { computeMs: 0, batchSize: 0 };

export interface StageIntakeOptions {
  readonly stage: string;
  readonly queue: string;
  readonly pool: StagePool;
  readonly maxBatchSize: number;
  /** Calls that a replica runs at the same time. */
  readonly maxConcurrency: number;
  readonly streams: boolean;
  readonly retryOnCrash: boolean;
  readonly stalledMs: number;
  readonly ttlMs: number;
  readonly wheel: DeadlineWheel;
  readonly link: HostLink;
  readonly now: () => number;
  readonly log: LogSink;
}

/** A job whose value is being read. */
interface Reading {
  readonly id: string;
  isCancelled: boolean;
}

/** Takes items of one stage from its queue into the pool of this host, as many as its replicas can use. */
export class StageIntake {
  private readonly fetcher: JobFetcher;
  private readonly reading = new Set<Reading>();
  private readonly jobs = new OpenJobs();
  private readonly listener: RemoteItemListener;
  private isDraining = false;
  private closed?: Promise<void>;

  constructor(private readonly options: StageIntakeOptions) {
    const { stage, queue, link, stalledMs, log } = options;
    this.fetcher = new JobFetcher({
      queue,
      link,
      stalledMs,
      run: (job, token) => this.run(job, token),
      failed: (job, error) => this.failed(job, error),
      troubled: (error) => log.log('debug', `queue: ${error.message}`, stage, { stage }),
    });
    this.listener = {
      settled: (item, outcome) => this.settled(item, outcome),
      streamed: (item, count, payload) => {
        // Its deadline was that of the first event.
        options.wheel.remove(item);
        link.outcomes.stream(item.id, count, payload, () => this.abandon(item.id));
      },
      // The gateway has answered it at the same time.
      expired: (item) => this.abandon(item.id),
    };
  }

  /** What the gateways are told of the stage here. */
  get status(): HostStage {
    const { stage, pool, maxBatchSize, maxConcurrency, now } = this.options;
    const isOpen = !pool.isPaused && !this.isDraining;
    return {
      stage,
      slots: isOpen ? pool.status.ready * maxConcurrency : 0,
      maxBatchSize,
      batchMs: pool.reckonedBatchMs(now()),
    };
  }

  get stage(): string {
    return this.options.stage;
  }

  get queue(): string {
    return this.options.queue;
  }

  /** Items that were taken and have no outcome yet. */
  get open(): number {
    return this.jobs.size;
  }

  /** Replicas have come or gone. Where there is none left, other hosts get what no replica has had. */
  adjust(): void {
    if (this.isDraining) return;
    const { slots, maxBatchSize } = this.status;
    this.fetcher.adjust(slots * maxBatchSize * BATCHES_AHEAD);
    if (slots === 0) this.handBackUnstarted();
  }

  control({ cancel = [], credit = [] }: StageControl): void {
    const cancelled = new Set(cancel);
    for (const id of cancelled) this.abandon(id);
    for (const read of this.reading) read.isCancelled ||= cancelled.has(read.id);
    for (const [id, bytes] of credit) {
      const open = this.jobs.get(id);
      if (open) this.options.pool.consumed(open.item, bytes);
    }
  }

  /**
   * Cancels may have been missed: what has no value any more, nobody waits for. Unless it is a stream that goes on for
   * longer than its value is kept: its gateway is told.
   */
  async dropWithdrawn(): Promise<void> {
    const ids = this.jobs.all().map(({ item }) => item.id);
    const withdrawn = await this.options.link.withoutValue(ids).catch(() => []);
    for (const id of withdrawn) {
      const open = this.jobs.take(id);
      if (!open) continue;
      this.options.wheel.remove(open.item);
      this.options.pool.drop(open.item);
      this.answer(id, lostRemotely(this.stage, 'its value is gone'), () => this.jobs.end(open));
    }
  }

  /** Takes no more, and gives back what no replica has yet. */
  drain(): void {
    if (this.isDraining) return;
    this.isDraining = true;
    this.closed = this.fetcher.close();
    this.handBackUnstarted();
  }

  /** Resolves when nothing that was taken is without an outcome. */
  whenIdle(): Promise<void> {
    return this.jobs.whenIdle();
  }

  /** Gives back all that is left, also what runs, unless that may not run again. */
  giveUp(): void {
    const { retryOnCrash } = this.options;
    for (const open of this.jobs.all()) {
      if (retryOnCrash || !open.item.batch) this.handBack(open);
      else this.settled(open.item, { error: new UnavailableError('gracefully shutting down', { code: 'DRAINING' }) });
    }
  }

  async close(): Promise<void> {
    this.drain();
    await this.closed;
  }

  /** One job of the queue. Resolves when its outcome is in Redis. */
  private async run(job: Job, token: string): Promise<void> {
    const read: Reading = { id: job.id ?? '', isCancelled: false };
    this.reading.add(read);
    const value = await this.options.link.read(read.id).catch((error: Error) => error);
    this.reading.delete(read);
    if (this.isDraining || !this.fetcher.isRunning) return this.fetcher.giveBack(job, token);
    if (read.isCancelled) return;
    await new Promise<void>((resolve, reject) => {
      const giveBack = (): void => void this.fetcher.giveBack(job, token).catch(reject);
      this.take(read.id, value, job.stalledCounter, { resolve, giveBack });
    });
  }

  /** @param deaths hosts that were lost while they had it */
  private take(id: string, value: Buffer | Error | null, deaths: number, hold: JobHold): void {
    const { stage, streams, retryOnCrash, link } = this.options;
    const known = this.jobs.get(id);
    // This host was taken for lost, and is not.
    if (known) return void known.holds.push(hold);
    // Withdrawn by its gateway, or expired: then nobody waits for this answer.
    if (value === null) return this.refuse(id, 'its value is gone: it was evicted, or expired', hold);
    if (value instanceof Error) return this.refuse(id, `its value cannot be read: ${value.message}`, hold);
    if (deaths > 0 && streams) return this.answer(id, lostRemotely(stage, 'its host was lost'), hold.resolve);
    if (deaths > (retryOnCrash ? 1 : 0)) return this.answer(id, tooManyLosses(stage, retryOnCrash), hold.resolve);
    try {
      const decoded = decodeItem(value);
      const item = new RemoteItem(id, decoded, link.clock.toOwn(decoded.deadline), this.listener);
      this.accept({ item, deaths, holds: [hold] });
    } catch (error) {
      this.refuse(id, `its value is none: ${(error as Error).message}`, hold);
    }
  }

  private refuse(id: string, why: string, { resolve }: JobHold): void {
    this.answer(id, unreachable(this.stage, `an item cannot be run: ${why}`), resolve);
  }

  private answer(id: string, error: MosecError, written: () => void): void {
    this.write(id, encodeFailure(error, NO_TIMING), Infinity, written);
  }

  private accept(open: OpenJob): void {
    this.jobs.add(open);
    this.options.wheel.add(open.item);
    this.options.pool.submit(open.item, open.deaths);
  }

  private settled(item: RemoteItem, outcome: Outcome): void {
    const open = this.jobs.take(item.id);
    if (!open) return;
    this.options.wheel.remove(item);
    const timing = item.timings?.[0] ?? NO_TIMING;
    const { error, payload } = outcome;
    const value = error ? encodeFailure(error, timing) : encodePayload(payload, timing);
    this.write(item.id, value, item.deadline, () => this.jobs.end(open));
  }

  /** Nobody waits for it: its job ends without an outcome. */
  private abandon(id: string): void {
    const open = this.jobs.take(id);
    if (!open) return;
    this.options.wheel.remove(open.item);
    this.options.pool.drop(open.item);
    this.jobs.end(open);
  }

  /** The first one last: what is given back last is taken first. What a worker here has died of is not passed on. */
  private handBackUnstarted(): void {
    for (const open of this.jobs.all().reverse()) {
      if (!open.item.batch && open.item.deaths === open.deaths) this.handBack(open);
    }
  }

  private handBack(open: OpenJob): void {
    if (!this.jobs.take(open.item.id)) return;
    this.options.wheel.remove(open.item);
    this.options.pool.drop(open.item);
    this.jobs.giveBack(open);
  }

  /** It could not be given back, and nobody else answers it. */
  private failed(job: Job | undefined, { message }: Error): void {
    if (job?.id) this.answer(job.id, unreachable(this.stage, message), () => undefined);
  }

  private write(id: string, value: Buffer, deadline: number, written: () => void): void {
    const { now, ttlMs, link } = this.options;
    const remainingMs = deadline === Infinity ? 0 : Math.max(0, deadline - now());
    link.outcomes.write({ id, value, lifeMs: Math.ceil(Math.min(ttlMs, remainingMs + GRACE_MS)), written });
  }
}
