import { inspect } from 'node:util';
import { keyOf, listOf } from '#libs/jobs';
import type { JobWebhookOptions } from './job-webhook-options.interface.js';
import type { JobsOptions } from './jobs-options.interface.js';
import { redisOf } from './jobs-settings.js';

/** The longest time that a timer of Node can wait for. */
const LONGEST_MS = 2 ** 31 - 1;
const LEAST_SECRET_BYTES = 24;
const PREFIX = /^[^\s:]+$/;
const HOST = /^(\*|(\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)*|\[[0-9a-f:.]+\])(:(\d{1,5}|\*))?$/i;

const INTEGERS = {
  resultTtlMs: LONGEST_MS,
  maxAgeMs: LONGEST_MS,
  timeoutMs: LONGEST_MS,
  concurrency: 10_000,
  maxPending: 10_000_000,
} as const;

const WEBHOOK_INTEGERS = {
  attempts: 100,
  backoffMs: LONGEST_MS,
  timeoutMs: LONGEST_MS,
  deadLetterTtlMs: LONGEST_MS,
} as const;

/** What is wrong with the options and what to do about it, in one sentence; undefined if nothing. */
export function jobsProblem(options: Partial<JobsOptions>): string | undefined {
  const { prefix, owner, guard, webhook } = options;
  if (redisAddress(options) === undefined) {
    return 'forRoot({ jobs }) has no Redis: give its URL, e.g. redis: "redis://localhost:6379".';
  }
  if (prefix !== undefined && (typeof prefix !== 'string' || !PREFIX.test(prefix))) {
    return `forRoot({ jobs }) has the prefix "${String(prefix)}": give a word without spaces and colons.`;
  }
  if (owner !== undefined && typeof owner !== 'function') {
    return `forRoot({ jobs }) has the owner "${String(owner)}": give a function of the request, e.g. (request) => request.user.id.`;
  }
  if (guard !== undefined && !isGuard(guard)) {
    return 'forRoot({ jobs }) has a guard without canActivate: give a guard class or an instance of one.';
  }
  const integer = integerProblem('forRoot({ jobs })', options, INTEGERS);
  return integer ?? (webhook === undefined ? undefined : webhookProblem(webhook));
}

function redisAddress({ redis }: Partial<JobsOptions>): string | undefined {
  const url: unknown = typeof redis === 'object' ? redis?.url : redis;
  return typeof url === 'string' ? redisOf({ redis: url }).address : undefined;
}

function webhookProblem(options: Partial<JobWebhookOptions>): string | undefined {
  const { secret, allowPrivate = [] } = options;
  const allow: readonly unknown[] = Array.isArray(options.allow) ? options.allow : [];
  if (typeof secret !== 'string' || keyOf(secret).length < LEAST_SECRET_BYTES) {
    return `forRoot({ jobs }) has a webhook secret of less than ${LEAST_SECRET_BYTES} bytes: make one with openssl rand -base64 32.`;
  }
  if (allow.length === 0) {
    return 'forRoot({ jobs }) has webhooks that may call no host: name them, e.g. allow: ["hooks.example.com"].';
  }
  const host = allow.find((each) => typeof each !== 'string' || !HOST.test(each));
  if (host !== undefined) {
    return `forRoot({ jobs }) has the webhook host ${inspect(host)}: write hooks.example.com, *.example.com or *, with :port if it is not the standard one.`;
  }
  try {
    listOf(allowPrivate);
  } catch (error) {
    return `forRoot({ jobs }) has an allowPrivate that cannot be read: ${(error as Error).message}; write e.g. 10.0.0.0/8.`;
  }
  return integerProblem('forRoot({ jobs: { webhook } })', options, WEBHOOK_INTEGERS);
}

function integerProblem(where: string, options: object, limits: Readonly<Record<string, number>>): string | undefined {
  for (const [name, most] of Object.entries(limits)) {
    const value = (options as Readonly<Record<string, number | undefined>>)[name];
    if (value === undefined || (Number.isInteger(value) && value >= 1 && value <= most)) continue;
    return `${where} has ${name} "${String(value)}": give a whole number from 1 to ${most}.`;
  }
  return undefined;
}

function isGuard(guard: unknown): boolean {
  const holder: unknown = typeof guard === 'function' ? guard.prototype : guard;
  return typeof (holder as { canActivate?: unknown } | null | undefined)?.canActivate === 'function';
}
