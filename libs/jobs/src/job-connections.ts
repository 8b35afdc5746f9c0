import type { Client, Peers } from './peers.js';
import type { RedisSource } from './redis-source.js';

/** Hears of changes alone, and first of all how the first attempt ended. */
export interface ConnectionListener {
  up(): void;
  down(reason: string): void;
  /** Redis has refused the login before it was ever up: nothing will come of it. */
  refused(reason: string): void;
}

/** Longest time that Redis may leave a request of a client without an answer, in milliseconds. */
const COMMAND_TIMEOUT_MS = 2_000;
/** Time between two attempts to connect, in milliseconds: a restart of Redis is noticed within a second. */
const FIRST_RETRY_MS = 50;
const LONGEST_RETRY_MS = 1_000;
/** Finds dead peers on connections that only listen. */
const TCP_KEEP_ALIVE_MS = 10_000;
/** What Redis answers to a wrong or a missing password; the last is that of Redis 5. */
const REFUSED_LOGIN = /^(WRONGPASS|NOAUTH|NOPERM|ERR invalid password)/;

function retryDelayMs(times: number): number {
  return Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * times);
}

/** The connections to the Redis of the jobs, which are made anew for ever until they are closed. */
export class JobConnections {
  /** For requests: fails at once without a connection, and soon without an answer. */
  readonly prompt: Client;
  /** For running jobs: waits for Redis to come back. */
  readonly patient: Client;
  /** Receives messages. */
  readonly subscriber: Client;
  private isUp?: boolean;
  private everUp = false;
  private isClosed = false;
  private lastError = 'the connection was closed';

  constructor(
    { Redis }: Pick<Peers, 'Redis'>,
    { url, options }: RedisSource,
    private readonly listener: ConnectionListener,
  ) {
    const common = { retryStrategy: retryDelayMs, ...options };
    this.prompt = new Redis(url, {
      ...common,
      enableOfflineQueue: false,
      autoResendUnfulfilledCommands: false,
      maxRetriesPerRequest: 0,
      commandTimeout: COMMAND_TIMEOUT_MS,
      // Ends a connection whose other side has stopped, so that what comes next fails at once.
      socketTimeout: COMMAND_TIMEOUT_MS,
    });
    const waiting = { ...common, maxRetriesPerRequest: null, keepAlive: TCP_KEEP_ALIVE_MS };
    this.patient = new Redis(url, waiting);
    this.subscriber = new Redis(url, waiting);
    for (const client of [this.patient, this.subscriber]) client.on('error', () => undefined);
    this.prompt.on('ready', () => this.change(true));
    this.prompt.on('error', ({ message }) => (this.lastError = message));
    this.prompt.on('close', () => this.change(false));
  }

  close(): void {
    this.isClosed = true;
    for (const client of [this.prompt, this.patient, this.subscriber]) client.disconnect();
  }

  private change(isUp: boolean): void {
    if (isUp === this.isUp || this.isClosed) return;
    this.isUp = isUp;
    const reason = this.lastError;
    this.lastError = 'the connection was closed';
    if (!isUp && !this.everUp && REFUSED_LOGIN.test(reason)) return this.listener.refused(reason);
    if (!isUp) return this.listener.down(reason);
    this.everUp = true;
    this.listener.up();
  }
}
