const DEFAULT_PORT = '6379';

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
    if (typeof this.#url !== 'string') return undefined;
    if (this.#url.startsWith('/')) return this.#url;
    if (!URL.canParse(this.#url)) return undefined;
    const { protocol, hostname, port } = new URL(this.#url);
    if ((protocol !== 'redis:' && protocol !== 'rediss:') || hostname === '') return undefined;
    return `${hostname}:${port || DEFAULT_PORT}`;
  }
}
