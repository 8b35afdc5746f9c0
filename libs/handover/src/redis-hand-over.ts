import { redisAddress, type HopCodec } from '#libs/contracts';
import type { RedisHandOverOptions } from './redis-hand-over-options.js';

const DEFAULT_PREFIX = 'mosec';
const DEFAULT_TTL_MS = 60_000;
const DEFAULT_TIMEOUT_MS = 1_000;

/** An `ipc` by which values wait in Redis for the next stage. Made by `redis`. */
export class RedisHandOver {
  readonly codec: HopCodec | undefined;
  readonly prefix: string;
  readonly ttlMs: number;
  readonly timeoutMs: number;
  readonly options: Readonly<Record<string, unknown>>;
  /** Private, as it may hold a password and an object is easily printed. */
  readonly #url: string;

  constructor({ url, prefix, ttlMs, timeoutMs, codec, options }: RedisHandOverOptions) {
    this.#url = url;
    this.codec = codec;
    this.prefix = prefix ?? DEFAULT_PREFIX;
    this.ttlMs = ttlMs ?? DEFAULT_TTL_MS;
    this.timeoutMs = timeoutMs ?? DEFAULT_TIMEOUT_MS;
    this.options = options ?? {};
  }

  get url(): string {
    return this.#url;
  }

  /** Host and port, or path, for people to read; undefined when the url is none of a Redis. */
  get address(): string | undefined {
    return redisAddress(this.#url);
  }

  /** The key of a value in Redis. */
  keyOf(id: string): string {
    return `${this.prefix}:${id}`;
  }
}
