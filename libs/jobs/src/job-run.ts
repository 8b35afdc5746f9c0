import { setTimeout as delay } from 'node:timers/promises';
import { MosecError, type ErrorCode } from '#libs/contracts';
import type { JobFeed } from './job-feed.js';
import type { JobRecord } from './job-record.js';
import { hasEnded } from './job-state.js';
import type { JobStore } from './job-store.js';
import type { JobOutcome, JobSite, JobTask } from './job-work.js';

/** Where a job stands after one try. */
export type RunResult = 'ended' | 'handed-back';

export interface JobRunParts {
  readonly store: JobStore;
  readonly feed: JobFeed;
  readonly site: JobSite;
  /** The clock of the deadlines. */
  readonly clock: () => number;
  /** A job has ended here, with the code of its error if it failed. */
  readonly ended: (record: JobRecord, error: MosecError | undefined) => void;
}

/** Pause before a job is offered again to stages whose queue is full, in milliseconds. */
const OFFER_AGAIN_MS = 200;
/** A job that has taken its process down so often is not begun again. */
const MOST_CRASHES = 2;

/** One try of one job, from its record to its end. */
export class JobRun {
  private task?: JobTask;
  private reason?: MosecError;

  constructor(
    private readonly id: string,
    private readonly parts: JobRunParts,
  ) {}

  /** @param crashes processes that have vanished while they ran it */
  async run(crashes: number): Promise<RunResult> {
    const { store, site } = this.parts;
    if (crashes >= MOST_CRASHES) return this.crashed(crashes);
    if ((await store.begin(this.id)) !== 'begun') return 'ended';
    const [record, body] = await Promise.all([store.read(this.id), store.body(this.id)]);
    if (!record || hasEnded(record.state)) return 'ended';
    if (!body) throw new Error('its body is gone, as Redis has removed it');
    const { end, error } = await this.execute(record, body, site);
    if (error?.code === 'DRAINING') {
      await store.requeue(this.id);
      return 'handed-back';
    }
    if (error?.code === 'CANCELLED') return 'ended';
    if ((await store.finish(this.id, end)) === 'finished') this.parts.ended(record, error);
    return 'ended';
  }

  /** Has the job go back to the queue. */
  handBack(): void {
    this.abandon('gracefully shutting down', 503, 'DRAINING');
  }

  private abandon(message: string, statusCode: number, code: ErrorCode): void {
    this.reason ??= new MosecError(message, statusCode, code);
    this.task?.abandon(this.reason);
  }

  private async execute(record: JobRecord, body: Uint8Array, site: JobSite): Promise<JobOutcome> {
    const { feed, clock } = this.parts;
    const deadline = clock() + record.timeoutMs;
    const stop = feed.whenCancelled(this.id, () => void this.look());
    try {
      for (;;) {
        if (this.reason) return { end: site.failed(record, this.reason), error: this.reason };
        this.task = site.run(record, body, deadline, (stage) => this.progress(stage));
        const outcome = await this.task.outcome;
        // Requests that somebody waits for go first.
        if (outcome.error?.code !== 'QUEUE_FULL' || clock() + OFFER_AGAIN_MS > deadline) return outcome;
        await delay(OFFER_AGAIN_MS);
      }
    } finally {
      stop();
    }
  }

  private progress(stage: number): void {
    this.parts.store.progress(this.id, stage).then(
      (state) => this.found(state),
      () => undefined,
    );
  }

  private async look(): Promise<void> {
    try {
      this.found((await this.parts.store.read(this.id))?.state ?? 'gone');
    } catch {
      // What cannot be read now is looked at again when it has ended.
    }
  }

  /** Another process may have finished it, too. */
  private found(state: string): void {
    if (hasEnded(state) || state === 'gone') this.abandon('the job was cancelled', 499, 'CANCELLED');
  }

  private async crashed(crashes: number): Promise<RunResult> {
    const { store, site } = this.parts;
    const record = await store.read(this.id);
    if (!record) return 'ended';
    const error = new MosecError(`the job has taken ${crashes} processes down`, 500, 'WORKER_CRASHED');
    const outcome = await store.finish(this.id, site.failed(record, error));
    if (outcome === 'finished') this.parts.ended(record, error);
    return 'ended';
  }
}
