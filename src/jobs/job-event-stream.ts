import { Readable } from 'node:stream';
import type { JobDescription } from './job-description.interface.js';

export interface JobEventSource {
  /** The job as it is now; undefined when it was removed. */
  read(): Promise<JobDescription | undefined>;
  /** Calls back when it may have changed. @returns ends that */
  watch(listener: () => void): () => void;
  hasEnded(job: JobDescription): boolean;
  readonly keepAliveMs: number;
}

/** A comment tells proxies, and the server, that the connection lives. */
const KEEP_ALIVE = ':\n\n';
/** What a client that does not read may have before it, in bytes: comments beyond it are left out. */
const MOST_UNREAD_BYTES = 1_024;

/** Server-sent events about a job: what it is like at first and after each change, until it has ended or is gone. */
export class JobEventStream extends Readable {
  private last?: string;
  private isLooking = false;
  private hasNews = false;
  private isDone = false;
  private readonly timer?: NodeJS.Timeout;
  private readonly unwatch: () => void;

  constructor(private readonly source: JobEventSource) {
    super();
    this.unwatch = source.watch(() => void this.look());
    if (source.keepAliveMs > 0) this.timer = setInterval(() => this.keepAlive(), source.keepAliveMs).unref();
    void this.look();
  }

  /** The client may come again, to another process. */
  finish(): void {
    if (!this.isDone) this.push(null);
    this.release();
  }

  override _read(): void {
    // What there is to say is pushed when it happens.
  }

  override _destroy(error: Error | null, callback: (error?: Error | null) => void): void {
    this.release();
    callback(error);
  }

  /** One look at a time; news during a look are worth another one. */
  private async look(): Promise<void> {
    this.hasNews = true;
    if (this.isLooking) return;
    this.isLooking = true;
    while (this.hasNews && !this.isDone) {
      this.hasNews = false;
      // Without Redis, the next keep-alive looks again.
      const job = await this.source.read().catch(() => 'unknown' as const);
      if (job !== 'unknown') this.show(job);
    }
    this.isLooking = false;
  }

  private show(job: JobDescription | undefined): void {
    if (this.isDone) return;
    if (!job) return this.finish();
    const text = JSON.stringify(job);
    if (text !== this.last) this.push(`data: ${text}\n\n`);
    this.last = text;
    if (this.source.hasEnded(job)) this.finish();
  }

  private keepAlive(): void {
    if (this.readableLength < MOST_UNREAD_BYTES) this.push(KEEP_ALIVE);
    void this.look();
  }

  private release(): void {
    this.isDone = true;
    this.unwatch();
    clearInterval(this.timer);
  }
}
