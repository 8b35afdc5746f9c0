import type { CanActivate, ModuleMetadata, Type } from '@nestjs/common';
import type { JobWebhookOptions } from './job-webhook-options.interface.js';

/** A Redis with options of its own. @publicApi */
export interface JobsRedisOptions {
  /** `redis://user:password@host:6379/0`, `rediss://…` for TLS, or the absolute path of a Unix socket. Never printed. */
  readonly url: string;
  /**
   * Further options of ioredis, its `RedisOptions`, e.g. `{ tls: { ca: readFileSync('ca.pem') } }`.
   * @default {}
   */
  readonly options?: Readonly<Record<string, unknown>>;
}

/**
 * Asynchronous jobs: requests that are answered 202 at once, and whose answers are fetched from `/jobs/{id}`. They are kept
 * in Redis and run by any process of the application that is connected to it with the same prefix. They need the
 * packages `bullmq` and `ioredis`.
 * @publicApi
 */
export interface JobsOptions extends Pick<ModuleMetadata, 'imports' | 'providers'> {
  /** Where jobs are kept: the URL of a Redis, or one with options. It should be persistent, and evict nothing. */
  readonly redis: string | JobsRedisOptions;
  /**
   * Begins every key in Redis. Processes that share jobs have the same.
   * @default 'mosec'
   */
  readonly prefix?: string;
  /**
   * Milliseconds for which a job that has ended, and its result, are kept.
   * @default 3600000
   */
  readonly resultTtlMs?: number;
  /**
   * Milliseconds for which a job is kept that does not end: it has to be begun within them.
   * @default 86400000
   */
  readonly maxAgeMs?: number;
  /**
   * Milliseconds that a job may take once it runs; after them it has failed with 408. The header `X-Request-Timeout` can
   * shorten it.
   * @default 600000
   */
  readonly timeoutMs?: number;
  /**
   * Jobs of each pipeline that this process runs at a time. At least the `maxBatchSize` of a stage lets its batches fill.
   * @default 16
   */
  readonly concurrency?: number;
  /**
   * Jobs of each pipeline that may wait in Redis, bodies included; one beyond it is answered 429.
   * @default 10000
   */
  readonly maxPending?: number;
  /**
   * Whose request it is, e.g. `(request) => request.user.id`: seen after the guards of the route. Kept with the job, and
   * without a `guard` only requests of the same owner find it.
   * @default none: whoever knows the id, which cannot be guessed, finds the job
   */
  readonly owner?: (request: never) => string | undefined;
  /**
   * Decides who may see, cancel and remove a job, in place of the comparison of owners: `jobOf(context)` tells it which
   * one. Where it refuses, the answer is 404, as for a job that there is not. What it needs injected goes into `imports`
   * and `providers`.
   * @default none
   */
  readonly guard?: Type<CanActivate> | CanActivate;
  /**
   * Lets clients ask for a message when their job has ended, by the header `Webhook-Url`.
   * @default none: such requests are refused
   */
  readonly webhook?: JobWebhookOptions;
}
