import { redisAddress } from '#libs/contracts';
import { DEFAULT_REMOTE, type RemoteOptions } from './remote-options.js';

/** The options of remote stages with all their defaults. */
export class RemoteSettings {
  readonly prefix: string;
  readonly stages: readonly string[];
  readonly stalledMs: number;
  readonly timeoutMs: number;
  readonly ttlMs: number;
  readonly options: Readonly<Record<string, unknown>>;
  /** Private, as it may hold a password and an object is easily printed. */
  readonly #url: string;

  constructor({ redis, options, ...given }: RemoteOptions) {
    this.#url = redis;
    this.options = options ?? {};
    this.prefix = given.prefix ?? DEFAULT_REMOTE.prefix;
    this.stages = given.stages ?? DEFAULT_REMOTE.stages;
    this.stalledMs = given.stalledMs ?? DEFAULT_REMOTE.stalledMs;
    this.timeoutMs = given.timeoutMs ?? DEFAULT_REMOTE.timeoutMs;
    this.ttlMs = given.ttlMs ?? DEFAULT_REMOTE.ttlMs;
  }

  get url(): string {
    return this.#url;
  }

  /** Host and port, or path, for people to read. */
  get address(): string {
    return redisAddress(this.#url) ?? '';
  }
}
