import { redisAddress } from '#libs/contracts';

/** Which Redis the jobs are kept in. */
export class RedisSource {
  readonly options: Readonly<Record<string, unknown>>;
  /** Private, as it may hold a password and an object is easily printed. */
  readonly #url: string;

  constructor(url: string, options: Readonly<Record<string, unknown>> = {}) {
    this.#url = url;
    this.options = options;
  }

  get url(): string {
    return this.#url;
  }

  /** Host and port, or path, for people to read; undefined when the url is none of a Redis. */
  get address(): string | undefined {
    return redisAddress(this.#url);
  }
}
