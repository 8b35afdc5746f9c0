import type { Job, Worker } from 'bullmq';
import type { HostLink } from './host-link.js';
import { loadBullMq, type BullMq } from './load-packages.js';

/** Of the time after which a silent host is given up: its locks last so long, and the rest is for those who look. */
const LOCK_SHARE = 2 / 3;
/** Longest that a fetch waits in Redis, and that it is put off after an error. */
const FETCH_WAIT_S = 1;
const FETCH_RETRY_MS = 500;

export interface JobFetcherOptions {
  readonly queue: string;
  readonly link: HostLink;
  readonly stalledMs: number;
  /** Resolves when the job is done. */
  readonly run: (job: Job, token: string) => Promise<void>;
  /** A job is removed because `run` has thrown. */
  readonly failed: (job: Job | undefined, error: Error) => void;
  readonly troubled: (error: Error) => void;
}

/**
 * Fetches jobs of one queue with a worker of BullMQ. That one gives up for good where Redis is not there as it starts; so
 * it is made when there is a connection, and anew if that was lost too early.
 */
export class JobFetcher {
  private readonly bullMq: BullMq;
  private worker?: Worker | undefined;
  private places = 0;
  private isReady = false;
  private isFetching = false;
  private isClosed = false;

  /** @throws Error that says what to install */
  constructor(private readonly options: JobFetcherOptions) {
    this.bullMq = loadBullMq();
  }

  /** Whether jobs are wanted. */
  get isRunning(): boolean {
    return this.isFetching && !this.isClosed;
  }

  /** Needs a connection. @param places most jobs at the same time; 0 for none at present */
  adjust(places: number): void {
    this.places = places;
    if (this.isClosed) return;
    if (this.isReady) this.apply();
    else if (places > 0 && !this.worker) this.open();
  }

  /** Resolves when no job is left. */
  async close(): Promise<void> {
    this.isClosed = true;
    await this.worker?.close().catch(() => undefined);
  }

  /** Puts a job back, for others. @throws Error always, which tells the worker so, or why it is not possible */
  async giveBack(job: Job, token: string): Promise<never> {
    await job.moveToWait(token);
    throw new this.bullMq.WaitingError();
  }

  private open(): void {
    const { queue, link, stalledMs, run, failed, troubled } = this.options;
    const lockDuration = Math.ceil(stalledMs * LOCK_SHARE);
    const worker = new this.bullMq.Worker(queue, (job: Job, token?: string) => run(job, token ?? ''), {
      connection: link.redis,
      prefix: link.keys.queuePrefix,
      autorun: false,
      skipVersionCheck: true,
      lockDuration,
      stalledInterval: Math.max(1, stalledMs - lockDuration),
      // Whoever takes it next decides, and has its answer in Redis before the job is gone.
      maxStalledCount: Number.MAX_SAFE_INTEGER,
      drainDelay: FETCH_WAIT_S,
      runRetryDelay: FETCH_RETRY_MS,
      removeOnComplete: { count: 0 },
      removeOnFail: { count: 0 },
    });
    worker.on('error', troubled);
    worker.on('failed', failed);
    this.worker = worker;
    worker.waitUntilReady().then(
      () => {
        this.isReady = true;
        if (!this.isClosed) this.apply();
      },
      () => {
        this.worker = undefined;
        void worker.close(true).catch(() => undefined);
      },
    );
  }

  private apply(): void {
    const { worker, places } = this;
    if (!worker) return;
    if (places > 0) worker.concurrency = places;
    if (places > 0 === this.isFetching) return;
    this.isFetching = places > 0;
    if (!this.isFetching) void worker.pause(true);
    else if (worker.isPaused()) void worker.resume();
    else void worker.run().catch(() => undefined);
  }
}
