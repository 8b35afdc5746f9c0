import type { Held, ValueClaims } from '#libs/contracts';
import { readStoredHandle } from '#libs/protocol';
import { RedisConnection } from './redis-connection.js';
import type { RedisHandOver } from './redis-hand-over.js';
import { StoredValue } from './stored-value.js';

/** How often the server asks whether Redis still answers, in milliseconds. */
const HEARTBEAT_MS = 1_000;

/** Most keys that are kept to be removed while there is no connection; beyond that their expiry removes them. */
const MOST_DOOMED = 10_000;

/** What Redis answers to a wrong or a missing password; the last is that of Redis 5. */
const REFUSED_LOGIN = /^(WRONGPASS|NOAUTH|NOPERM|ERR invalid password)/;

export interface GatewayHandOverListener {
  up(): void;
  down(reason: string): void;
  /** Redis has refused the login before it was ever up: nothing will come of it. */
  refused(reason: string): void;
}

/** What is to be seen in the metrics. */
export interface HandOverUsage {
  readonly address: string;
  readonly isUp: boolean;
  /** Values so far. */
  readonly values: number;
  /** Bytes of these values. */
  readonly bytes: number;
}

/** One Redis in the gateway: removes each value as soon as nobody needs it, and knows whether Redis is there. */
export class GatewayHandOver implements ValueClaims {
  readonly address: string;
  private readonly connection: RedisConnection;
  private doomed: string[] = [];
  private isScheduled = false;
  private removing: Promise<void> = Promise.resolve();
  private heartbeat?: NodeJS.Timeout;
  private everUp = false;
  private downReason?: string = 'connecting';
  private values = 0;
  private bytes = 0;

  /**
   * @param number that of the store in handles
   * @throws Error that says what to install
   */
  constructor(
    readonly number: number,
    private readonly settings: RedisHandOver,
    private readonly listener: GatewayHandOverListener,
    connect = (...args: ConstructorParameters<typeof RedisConnection>) => new RedisConnection(...args),
  ) {
    this.address = settings.address ?? '';
    this.connection = connect(settings, { up: () => this.up(), down: (reason) => this.down(reason) });
  }

  /** Why stages cannot hand over; undefined when they can. */
  get unreadyReason(): string | undefined {
    return this.downReason && `no connection to Redis at ${this.address} (${this.downReason})`;
  }

  get usage(): HandOverUsage {
    const { address, values, bytes } = this;
    return { address, values, bytes, isUp: this.downReason === undefined };
  }

  open(): void {
    void this.connection.open();
    this.heartbeat = setInterval(() => this.connection.ping(), HEARTBEAT_MS).unref();
  }

  claim(payload: Uint8Array): Held {
    const { store, id, length } = readStoredHandle(payload);
    if (store !== this.number) throw new Error(`store ${store} is not its own`);
    this.values++;
    this.bytes += length;
    return new StoredValue(() => this.discard(this.settings.keyOf(id)));
  }

  /** Removes what is left to be removed, as far as Redis answers, and ends the connection. */
  async close(): Promise<void> {
    clearInterval(this.heartbeat);
    this.flush();
    await this.removing;
    this.connection.close();
  }

  private discard(key: string): void {
    if (this.doomed.length < MOST_DOOMED) this.doomed.push(key);
    if (this.isScheduled) return;
    this.isScheduled = true;
    setImmediate(() => this.flush());
  }

  /** Without a connection the keys wait for the next one. */
  private flush(): void {
    this.isScheduled = false;
    if (this.doomed.length === 0 || this.downReason !== undefined) return;
    const keys = this.doomed;
    this.doomed = [];
    const removed = this.connection.removeAll(keys).catch(() => void this.doomed.push(...keys));
    this.removing = Promise.all([this.removing, removed]).then(() => undefined);
  }

  private up(): void {
    this.everUp = true;
    this.downReason = undefined;
    this.flush();
    this.listener.up();
  }

  private down(reason: string): void {
    this.downReason = reason;
    if (!this.everUp && REFUSED_LOGIN.test(reason)) this.listener.refused(reason);
    else this.listener.down(reason);
  }
}
