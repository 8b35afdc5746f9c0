/** What a pipeline says of each of its commands. */
export type RedisReply = readonly [error: Error | null, value: unknown];

/** Commands that go to Redis in one piece. */
export interface RedisPipeline {
  set(key: string, value: Uint8Array, px: 'PX', lifeMs: number, nx?: 'NX'): this;
  exists(key: string): this;
  getdelBuffer(key: string): this;
  publish(channel: string, message: Uint8Array): this;
  unlink(keys: readonly string[]): this;
  exec(): Promise<readonly RedisReply[] | null>;
}

/** The part of ioredis that is used; it is an optional peer, so its own types may be absent. */
export interface RedisClient {
  readonly status: string;
  on(event: 'ready' | 'close', listener: () => void): this;
  on(event: 'error', listener: (error: Error) => void): this;
  on(event: 'message', listener: (channel: string, message: string) => void): this;
  on(event: 'messageBuffer', listener: (channel: Buffer, message: Buffer) => void): this;
  connect(): Promise<void>;
  disconnect(reconnect?: boolean): void;
  pipeline(): RedisPipeline;
  mgetBuffer(keys: readonly string[]): Promise<(Buffer | null)[]>;
  publish(channel: string, message: string | Uint8Array): Promise<number>;
  subscribe(...channels: string[]): Promise<unknown>;
  unlink(keys: readonly string[]): Promise<number>;
  ping(): Promise<string>;
  /** Seconds and microseconds. */
  time(): Promise<readonly (string | number)[]>;
}
