import { Inject, Injectable } from '@nestjs/common';
import { hasEnded, type DeadLetter, type WebhookQueue } from '#libs/jobs';
import { MosecError } from '#libs/contracts';
import { jobFacts } from './describe-job.js';
import type { Job } from './job-description.interface.js';
import { JobsRuntime } from './jobs-runtime.js';
import { noSuchJob } from './no-such-job.js';

/** The answer of a job that has ended. @publicApi */
export interface JobResult {
  readonly statusCode: number;
  readonly contentType: string;
  readonly body: Uint8Array;
}

const MOST_LETTERS = 100;

/**
 * The asynchronous jobs of the application, and the messages about them that could not be delivered. There is one where
 * `forRoot({ jobs })` is given.
 *
 * Errors are `MosecError`s with a status: 404 `NOT_FOUND`, 503 `JOBS_UNAVAILABLE` while Redis is not there.
 * @publicApi
 */
@Injectable()
export class MosecJobs {
  /** @internal */
  constructor(@Inject(JobsRuntime) private readonly runtime: JobsRuntime) {}

  /** @returns undefined if there is no such job, or none any more */
  async get(id: string): Promise<Job | undefined> {
    const record = await this.runtime.jobs.read(id);
    return record && jobFacts(record, this.runtime.path);
  }

  /** @returns undefined while it has none, if it was cancelled, and if there is no such job */
  async result(id: string): Promise<JobResult | undefined> {
    const { jobs } = this.runtime;
    const record = await jobs.read(id);
    if (record?.statusCode === undefined || record.contentType === undefined) return undefined;
    const { statusCode, contentType } = record;
    const body = await jobs.result(id);
    return body ? { statusCode, contentType, body } : undefined;
  }

  /** Cancels a job that has not ended, wherever it runs. @returns whether it had not */
  async cancel(id: string): Promise<boolean> {
    const { jobs } = this.runtime;
    const record = await jobs.read(id);
    if (!record) throw noSuchJob();
    if (hasEnded(record.state)) return false;
    return !hasEnded(await jobs.cancel(record));
  }

  /** Messages that were given up, the latest first. @param limit most of them, 100 if absent */
  async deadLetters(limit = MOST_LETTERS): Promise<DeadLetter[]> {
    return this.webhooks.deadLetters(limit);
  }

  /** Tries to deliver a dead letter again, as often as a new one. @param id that of its job */
  async redeliver(id: string): Promise<void> {
    if (!(await this.webhooks.redeliver(id))) throw new MosecError('there is no such dead letter', 404, 'NOT_FOUND');
  }

  private get webhooks(): WebhookQueue {
    const { webhooks } = this.runtime.jobs;
    if (webhooks) return webhooks;
    throw new MosecError('there are no webhooks: give forRoot({ jobs: { webhook } })', 409, 'CONFLICT');
  }
}
