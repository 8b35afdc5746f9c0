import type { Job, Worker } from 'bullmq';
import { UnavailableError, type LogSink, type MosecError, type Outcome } from '#libs/contracts';
import type { DeadlineWheel } from '#libs/pipeline';
import type { StagePool } from '#libs/scheduler';
import type { HostStage, StageControl } from './control-message.js';
import { decodeItem } from './item-value.js';
import { loadBullMq } from './load-packages.js';
import { encodeFailure, encodePayload, type RemoteTiming } from './outcome-value.js';
import { OpenJobs, type OpenJob } from './open-jobs.js';
import { lostRemotely, tooManyLosses, unreachable } from './remote-errors.js';
import type { HostLink } from './host-link.js';
import { RemoteItem, type RemoteItemListener } from './remote-item.js';
import { GRACE_MS } from './stage-queue.js';

/** Of the time after which a silent host is given up: its locks last so long, and the rest is for those who look. */
const LOCK_SHARE = 2 / 3;
/** Batches that a host takes for each that it can run: one that runs, and the next one. */
const BATCHES_AHEAD = 2;
/** Longest that a fetch waits in Redis, and that it is put off after an error. */
const FETCH_WAIT_S = 1;
const FETCH_RETRY_MS = 500;

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

/** Takes items of one stage from its queue into the pool of this host, as many as its replicas can use. */
export class StageIntake {
  private readonly worker: Worker;
  private readonly jobs = new OpenJobs();
  private readonly listener: RemoteItemListener;
  private isRunning = false;
  private isDraining = false;
  private closed?: Promise<void>;

  constructor(private readonly options: StageIntakeOptions) {
    const { stage, queue, link, stalledMs, retryOnCrash } = options;
    const { Worker: BullWorker } = loadBullMq();
    const lockDuration = Math.ceil(stalledMs * LOCK_SHARE);
    this.worker = new BullWorker(queue, (job: Job, token?: string) => this.run(job, token ?? ''), {
      connection: link.redis,
      prefix: link.keys.queuePrefix,
      autorun: false,
      skipVersionCheck: true,
      lockDuration,
      stalledInterval: Math.max(1, stalledMs - lockDuration),
      maxStalledCount: retryOnCrash ? 1 : 0,
      drainDelay: FETCH_WAIT_S,
      runRetryDelay: FETCH_RETRY_MS,
      removeOnComplete: { count: 0 },
      removeOnFail: { count: 0 },
    });
    this.worker.on('error', (error) => options.log.log('debug', `queue: ${error.message}`, stage, { stage }));
    this.worker.on('failed', (job, error) => this.failed(job, error));
    this.listener = {
      settled: (item, outcome) => this.settled(item, outcome),
      streamed: (item, count, payload) => link.outcomes.stream(item.id, count, payload, () => this.abandon(item.id)),
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

  /** Replicas have come or gone. */
  adjust(): void {
    const { slots, maxBatchSize } = this.status;
    if (this.isDraining) return;
    if (slots > 0) this.worker.concurrency = slots * maxBatchSize * BATCHES_AHEAD;
    if (slots > 0 === this.isRunning) return;
    this.isRunning = slots > 0;
    if (!this.isRunning) void this.worker.pause(true);
    else if (this.worker.isPaused()) void this.worker.resume();
    else void this.worker.run().catch(() => undefined);
  }

  control({ cancel = [], credit = [] }: StageControl): void {
    for (const id of cancel) this.abandon(id);
    for (const [id, bytes] of credit) {
      const open = this.jobs.get(id);
      if (open) this.options.pool.consumed(open.item, bytes);
    }
  }

  /** Takes no more, and gives back what no replica has yet. */
  drain(): void {
    if (this.isDraining) return;
    this.isDraining = true;
    this.closed = this.worker.close().catch(() => undefined);
    for (const open of this.jobs.all()) if (!open.item.batch) this.handBack(open);
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
    const id = job.id ?? '';
    const value = this.isDraining ? null : await this.options.link.read(id);
    if (this.isDraining) return this.giveBack(job, token);
    await new Promise<void>((resolve, reject) => {
      // Withdrawn by its gateway, or expired: then nobody waits for this answer.
      const answer = (error: MosecError): void => this.write(id, encodeFailure(error, NO_TIMING), Infinity, resolve);
      if (!value) return answer(unreachable(this.stage, 'the value of an item is gone: it was evicted, or expired'));
      const { streams, stage, link } = this.options;
      if (job.stalledCounter > 0 && streams) return answer(lostRemotely(stage, 'its host was lost'));
      try {
        const decoded = decodeItem(value);
        const item = new RemoteItem(id, decoded, link.clock.toOwn(decoded.deadline), this.listener);
        this.accept(
          { item, resolve, giveBack: () => void this.giveBack(job, token).catch(reject) },
          job.stalledCounter,
        );
      } catch (error) {
        answer(unreachable(this.stage, `the value of an item cannot be read: ${(error as Error).message}`));
      }
    });
  }

  /** @param deaths hosts that were lost while they had it */
  private accept(open: OpenJob, deaths: number): void {
    this.jobs.add(open);
    this.options.wheel.add(open.item);
    this.options.pool.submit(open.item, deaths);
  }

  private settled(item: RemoteItem, outcome: Outcome): void {
    const open = this.jobs.take(item.id);
    if (!open) return;
    this.options.wheel.remove(item);
    const timing = item.timings?.[0] ?? NO_TIMING;
    const { error, payload } = outcome;
    const value = error ? encodeFailure(error, timing) : encodePayload(payload, timing);
    this.write(item.id, value, item.deadline, () => this.end(open));
  }

  /** Nobody waits for it: its job ends without an outcome. */
  private abandon(id: string): void {
    const open = this.jobs.take(id);
    if (!open) return;
    this.options.wheel.remove(open.item);
    this.options.pool.drop(open.item);
    this.end(open);
  }

  private handBack(open: OpenJob): void {
    if (!this.jobs.take(open.item.id)) return;
    this.options.wheel.remove(open.item);
    this.options.pool.drop(open.item);
    open.giveBack();
    this.jobs.ended();
  }

  private end({ resolve }: OpenJob): void {
    resolve();
    this.jobs.ended();
  }

  private async giveBack(job: Job, token: string): Promise<never> {
    await job.moveToWait(token);
    throw new (loadBullMq().WaitingError)();
  }

  /** Its hosts were lost as often as is allowed, or its value could not be read. Nobody else answers it. */
  private failed(job: Job | undefined, { message }: Error): void {
    if (!job?.id) return;
    const { stage, retryOnCrash } = this.options;
    const error = job.deferredFailure ? tooManyLosses(stage, retryOnCrash) : unreachable(stage, message);
    this.write(job.id, encodeFailure(error, NO_TIMING), Infinity, () => undefined);
  }

  private write(id: string, value: Buffer, deadline: number, written: () => void): void {
    const { now, ttlMs, link } = this.options;
    const remainingMs = deadline === Infinity ? 0 : Math.max(0, deadline - now());
    link.outcomes.write({ id, value, lifeMs: Math.ceil(Math.min(ttlMs, remainingMs + GRACE_MS)), written });
  }
}
