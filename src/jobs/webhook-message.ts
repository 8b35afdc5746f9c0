import type { JobDescription } from './job-description.interface.js';

/** Body of a message that a job has ended, as Standard Webhooks recommends: what, when, and what about. */
export interface WebhookMessage {
  readonly type: `job.${string}`;
  readonly timestamp: string;
  readonly data: JobDescription;
}

export function webhookMessage(job: JobDescription): WebhookMessage {
  return { type: `job.${job.state}`, timestamp: job.finishedAt ?? job.createdAt, data: job };
}
