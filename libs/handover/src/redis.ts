import { RedisHandOver } from './redis-hand-over.js';
import type { RedisHandOverOptions } from './redis-hand-over-options.js';

/**
 * `ipc` of a stage whose results wait in Redis for the next stage: only a handle of 24 bytes goes through the server.
 * Needs the optional package `ioredis`. Values have an expiry and are removed as soon as the outcome of the next stage is
 * final. While Redis is gone, requests that need it are answered 503 `HANDOVER_UNAVAILABLE` and `/readyz` says so.
 *
 * The answer of a last stage, values for a `PipelineClient`, and hops from or to a stage with `execution: 'inline'` do not
 * go through Redis.
 *
 * @example
 * `@Stage({ ipc: redis({ url: process.env.REDIS_URL ?? 'redis://localhost' }) })`
 * @publicApi
 */
export function redis(options: RedisHandOverOptions): RedisHandOver {
  return new RedisHandOver(options);
}
