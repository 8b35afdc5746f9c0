import { RedisSource, type JobsSettings, type WebhookSettings } from '#libs/jobs';
import type { JobWebhookOptions } from './job-webhook-options.interface.js';
import type { JobsOptions } from './jobs-options.interface.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** What holds where nothing is given. */
export const JOBS_DEFAULTS = {
  prefix: 'mosec',
  resultTtlMs: HOUR_MS,
  maxAgeMs: DAY_MS,
  timeoutMs: 600_000,
  concurrency: 16,
  maxPending: 10_000,
} as const;

export const WEBHOOK_DEFAULTS = {
  allowPrivate: [] as readonly string[],
  allowHttp: false,
  attempts: 10,
  backoffMs: 5_000,
  timeoutMs: 10_000,
  deadLetterTtlMs: 7 * DAY_MS,
} as const;

export function redisOf({ redis }: Pick<JobsOptions, 'redis'>): RedisSource {
  return typeof redis === 'string' ? new RedisSource(redis) : new RedisSource(redis.url, redis.options);
}

export function jobsSettings(options: JobsOptions): JobsSettings {
  const { webhook } = options;
  const given = withoutUndefined({
    prefix: options.prefix,
    resultTtlMs: options.resultTtlMs,
    maxAgeMs: options.maxAgeMs,
    concurrency: options.concurrency,
    maxPending: options.maxPending,
  });
  return { ...JOBS_DEFAULTS, ...given, redis: redisOf(options), webhook: webhook && webhookSettings(webhook) };
}

function webhookSettings(options: JobWebhookOptions): WebhookSettings {
  return { ...WEBHOOK_DEFAULTS, ...withoutUndefined(options) };
}

function withoutUndefined<T extends object>(object: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  const entries = Object.entries(object).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as { [K in keyof T]: Exclude<T[K], undefined> };
}
