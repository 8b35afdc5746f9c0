import { createRequire } from 'node:module';
import type { RedisHandOver } from './redis-hand-over.js';

type Reply = readonly [Error | null, unknown];

/** The part of ioredis that is used; it is an optional peer, so its own types may be absent. */
interface Client {
  on(event: 'ready' | 'close', listener: () => void): void;
  on(event: 'error', listener: (error: Error) => void): void;
  connect(): Promise<void>;
  pipeline(commands: readonly (readonly unknown[])[]): { exec(): Promise<readonly Reply[]> };
  unlink(...keys: string[]): Promise<number>;
  ping(): Promise<string>;
  disconnect(): void;
}
type ClientClass = new (url: string, options: object) => Client;

/** Hears of changes alone, and first of all how the first attempt ended. */
export interface ConnectionListener {
  up(): void;
  down(reason: string): void;
}

/** A value under its key. */
export interface StoredEntry {
  readonly key: string;
  readonly value: Uint8Array;
}

const FIRST_RETRY_MS = 50;
const LONGEST_RETRY_MS = 1_000;

/** Grows from try to try; Redis is asked again at least once a second. */
function retryDelayMs(times: number): number {
  return Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * times);
}

/**
 * A connection to Redis, which is made anew for ever until it is closed. No command waits for it: without a connection it
 * fails at once, and without an answer after `timeoutMs`.
 */
export class RedisConnection {
  private readonly client: Client;
  private isUp?: boolean;
  private lastError = 'the connection was closed';

  /** @throws Error that says what to install */
  constructor(
    private readonly settings: RedisHandOver,
    private readonly listener: ConnectionListener,
  ) {
    const { url, timeoutMs, options } = settings;
    const Redis = loadIoredis();
    this.client = new Redis(url, {
      retryStrategy: retryDelayMs,
      ...options,
      lazyConnect: true,
      enableOfflineQueue: false,
      autoResendUnfulfilledCommands: false,
      maxRetriesPerRequest: 0,
      commandTimeout: timeoutMs,
      // Ends a connection whose other side has stopped, so that what comes next fails at once.
      socketTimeout: timeoutMs,
    });
    this.client.on('ready', () => this.change(true));
    this.client.on('error', ({ message }) => (this.lastError = message));
    this.client.on('close', () => this.change(false));
  }

  /** Begins to connect; resolves when the first attempt has ended, well or not. */
  open(): Promise<void> {
    return this.client.connect().catch(() => undefined);
  }

  /** The bytes at each key, null where there are none, or why they could not be had. */
  async getAll(keys: readonly string[]): Promise<(Buffer | null | Error)[]> {
    const replies = await this.client.pipeline(keys.map((key) => ['getBuffer', key])).exec();
    return replies.map(([error, value]) => (error ? plain(error) : (value as Buffer | null)));
  }

  /** Stores each value with the expiry; the errors of those that could not be. */
  async setAll(entries: readonly StoredEntry[]): Promise<(Error | undefined)[]> {
    const { ttlMs } = this.settings;
    const commands = entries.map(({ key, value }) => ['set', key, value, 'PX', ttlMs]);
    const replies = await this.client.pipeline(commands).exec();
    return replies.map(([error]) => (error ? plain(error) : undefined));
  }

  async removeAll(keys: readonly string[]): Promise<void> {
    await this.client.unlink(...keys);
  }

  /** Has the connection ended if there is no answer. */
  ping(): void {
    this.client.ping().catch(() => undefined);
  }

  close(): void {
    this.client.disconnect();
  }

  private change(isUp: boolean): void {
    if (isUp === this.isUp) return;
    this.isUp = isUp;
    if (isUp) this.listener.up();
    else this.listener.down(this.lastError);
    this.lastError = 'the connection was closed';
  }
}

/** What ioredis says of its options, in words about the connection. */
function plain(error: Error): Error {
  if (error.name === 'MaxRetriesPerRequestError') return new Error('the connection was lost', { cause: error });
  if (error.message.includes('enableOfflineQueue')) return new Error('there is no connection', { cause: error });
  return error;
}

function loadIoredis(): ClientClass {
  try {
    const { Redis } = createRequire(import.meta.url)('ioredis') as { Redis: ClientClass };
    return Redis;
  } catch (cause) {
    throw new Error('redis() needs the package "ioredis", which cannot be loaded: run npm install ioredis.', { cause });
  }
}
