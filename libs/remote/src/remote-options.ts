/** Where stages run that are not run by the server itself: what `remote` of `MosecModule.forRoot` holds. @publicApi */
export interface RemoteOptions {
  /**
   * The Redis of the queues: `redis://user:password@host:6379/0`, `rediss://…` for TLS, or the absolute path of a Unix
   * socket. The same for every gateway and every worker host.
   */
  readonly redis: string;
  /**
   * Begins every key and every channel. Gateways and hosts with the same prefix belong together; deployments whose stages
   * are not compatible need different ones.
   * @default 'mosec'
   */
  readonly prefix?: string;
  /**
   * Names of stages, as in logs and metrics, that run on worker hosts besides those with `placement: 'remote'`.
   * @default []
   */
  readonly stages?: readonly string[];
  /**
   * How long in milliseconds a worker host may be silent until others run what it had. It has to be longer than the event
   * loop of a host may be blocked, and than Redis may take to come back.
   * @default 3000
   */
  readonly stalledMs?: number;
  /**
   * Longest time in milliseconds that Redis may leave a command of a gateway without an answer. Then the connection is
   * made anew.
   * @default 1000
   */
  readonly timeoutMs?: number;
  /**
   * After this many milliseconds Redis itself removes what nobody could remove, because a process was killed. Has to be
   * longer than any request may take.
   * @default 600000
   */
  readonly ttlMs?: number;
  /**
   * Further options of ioredis, its `RedisOptions`, e.g. `{ sentinels, name }` or `{ tls: { ca } }`. Those that bound how
   * long a command may wait cannot be changed.
   * @default {}
   */
  readonly options?: Readonly<Record<string, unknown>>;
}

/** What holds for members that are not given. */
export const DEFAULT_REMOTE = {
  prefix: 'mosec',
  stages: [],
  stalledMs: 3_000,
  timeoutMs: 1_000,
  ttlMs: 600_000,
} as const;
