import { MosecError, type LogSink } from '#libs/contracts';
import type { JobFeed } from './job-feed.js';
import type { JobRecord } from './job-record.js';
import { JobRun } from './job-run.js';
import type { JobStore } from './job-store.js';
import type { JobSite } from './job-work.js';
import type { Client, Peers, QueuedJob, Queue, QueueWorker } from './peers.js';
import { ReadyQueue } from './ready-queue.js';

/** What a lane of jobs has to do with the others. */
export interface LaneParts {
  readonly peers: Peers;
  readonly prefix: string;
  readonly prompt: Client;
  readonly patient: Client;
  readonly store: JobStore;
  /** The store on the connection that waits for Redis. */
  readonly patientStore: JobStore;
  readonly feed: JobFeed;
  readonly concurrency: number;
  /** The clock of the deadlines. */
  readonly clock: () => number;
  readonly log: LogSink;
  /** A job has ended: whoever wants to know is told. Also called where it ended before. */
  readonly tell: (id: string) => Promise<void>;
  readonly ended: (record: JobRecord, error: MosecError | undefined) => void;
}

/**
 * A job whose process is gone is found by the next check after its lock has expired: within 9 s. The locks are extended
 * every 2.5 s, so a process has to be stopped for that long to lose one.
 */
export const LOCK = { lockDuration: 5_000, stalledInterval: 2_000 } as const;
/** The package counts crashes itself, as the end has to be written before the job leaves its queue. */
export const NEVER_GIVES_UP = 1_000_000;
/** Time between two tries to fetch jobs while Redis fails, in milliseconds. */
const FETCH_AGAIN_MS = 1_000;
/** BullMQ's own list of events, which nobody here reads. */
export const EVENTS = { events: { maxLen: 100 } } as const;

/** The queue of the jobs of one pipeline, and their runs in this process. */
export class JobLane {
  private readonly ready: ReadyQueue;
  private readonly runs = new Set<JobRun>();
  private worker?: QueueWorker;
  private closing = false;

  constructor(
    readonly route: string,
    readonly site: JobSite,
    private readonly parts: LaneParts,
  ) {
    const { peers, prefix, prompt } = parts;
    // A name may have no colon.
    this.ready = new ReadyQueue(peers, `jobs-${encodeURIComponent(route)}`, {
      prefix,
      connection: prompt,
      streams: EVENTS,
      defaultJobOptions: { removeOnComplete: true, removeOnFail: true },
    });
  }

  get queue(): Queue {
    return this.ready.queue;
  }

  get running(): number {
    return this.runs.size;
  }

  /** Again is no harm: the id is that of the job. */
  async add(id: string): Promise<void> {
    await this.queue.add('job', null, { jobId: id });
  }

  /** Takes jobs from now on. */
  start(): void {
    const { peers, prefix, patient, concurrency, log } = this.parts;
    this.worker = new peers.Worker(this.ready.name, (job, token) => this.process(job, token), {
      prefix,
      connection: patient,
      concurrency,
      ...LOCK,
      maxStalledCount: NEVER_GIVES_UP,
      runRetryDelay: FETCH_AGAIN_MS,
      streams: EVENTS,
    });
    this.worker.on('error', ({ message }) => log.log('debug', `queue of jobs of ${this.route}: ${message}`));
  }

  /** Takes no more. @returns settles when those that run here have ended or gone back */
  async drain(): Promise<void> {
    this.closing = true;
    await this.worker?.close();
  }

  /** Those that run here go back to the queue. */
  handBack(): void {
    for (const run of this.runs) run.handBack();
  }

  private async process(job: QueuedJob, token: string | undefined): Promise<void> {
    const { peers, patientStore: store, feed, clock, ended, tell } = this.parts;
    const id = job.id as string;
    const run = new JobRun(id, { store, feed, site: this.site, clock, ended });
    this.runs.add(run);
    if (this.closing) run.handBack();
    try {
      if ((await this.runSafely(run, id, job.stalledCounter ?? 0)) === 'ended') return await tell(id);
    } finally {
      this.runs.delete(run);
    }
    await job.moveToWait(token);
    throw new peers.WaitingError();
  }

  /** BullMQ would forget a job whose processor throws, and its record would say for ever that it runs. */
  private async runSafely(run: JobRun, id: string, crashes: number) {
    try {
      return await run.run(crashes);
    } catch (cause) {
      const { patientStore: store, log } = this.parts;
      log.log('error', `job ${id} failed: ${(cause as Error).message}`);
      const record = await store.read(id);
      const error = new MosecError('the job could not be run', 500, 'INTERNAL', { cause });
      if (record) await store.finish(id, this.site.failed(record, error));
      return 'ended';
    }
  }
}
