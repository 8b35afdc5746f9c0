import type { HopCodec } from '#libs/contracts';

/** Options of `redis`. @publicApi */
export interface RedisHandOverOptions {
  /**
   * Where Redis is: `redis://user:password@host:6379/0`, `rediss://…` for TLS, or the absolute path of a Unix socket. It
   * must mean the same server in the gateway and in the workers.
   */
  readonly url: string;
  /**
   * Begins every key, followed by a colon and a random id.
   * @default 'mosec'
   */
  readonly prefix?: string;
  /**
   * After this many milliseconds Redis itself removes a value that nobody could remove, because a process was killed or
   * the connection was lost. Has to be longer than any request may take.
   * @default 60000
   */
  readonly ttlMs?: number;
  /**
   * Longest time in milliseconds that Redis may leave a command without an answer. Then the requests of that command
   * fail, and the connection is made anew.
   * @default 1000
   */
  readonly timeoutMs?: number;
  /**
   * The form of the values.
   * @default structuredClone
   */
  readonly codec?: HopCodec;
  /**
   * Further options of ioredis, its `RedisOptions`, e.g. `{ tls: { ca: readFileSync('ca.pem') } }`. Those that bound how
   * long a command may wait cannot be changed.
   * @default {}
   */
  readonly options?: Readonly<Record<string, unknown>>;
}
