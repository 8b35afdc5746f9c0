import type { ExecutionContext } from '@nestjs/common';
import type { JobRecord } from '#libs/jobs';
import { jobFacts } from './describe-job.js';
import type { Job } from './job-description.interface.js';
import { JOBS_PATH } from './jobs-path.js';

const JOB = Symbol('mosec:job');

interface JobRequest {
  [JOB]?: JobRecord;
}

export function keepRecord(request: object, record: JobRecord): void {
  (request as JobRequest)[JOB] = record;
}

/** @returns undefined before it was looked for */
export function recordOf(request: object): JobRecord | undefined {
  return (request as JobRequest)[JOB];
}

/**
 * The job that a request below `/jobs` is about, for the `guard` of `forRoot({ jobs })`.
 *
 * @example
 * canActivate(context: ExecutionContext): boolean {
 *   return jobOf(context).owner === context.switchToHttp().getRequest().user.id;
 * }
 * @throws TypeError for any other request
 * @publicApi
 */
export function jobOf(context: ExecutionContext): Job {
  const record = recordOf(context.switchToHttp().getRequest<object>());
  if (record) return jobFacts(record, JOBS_PATH);
  throw new TypeError('jobOf() is for the guard of forRoot({ jobs }): the request is about no job.');
}
