import { setImmediate } from 'node:timers/promises';
import { readMessage, type HostNotice } from './control-message.js';
import { connectGateway, connectSubscriber, saidByRedis } from './connect.js';
import { RedisClock } from './redis-clock.js';
import type { RedisClient } from './redis-client.js';
import type { RemoteKeys } from './remote-keys.js';
import type { RemoteSettings } from './remote-settings.js';

const HEARTBEAT_MS = 1_000;

export interface GatewayLinkListener {
  /** Requests may be sent, and answers are heard from now on. */
  up(): void;
  down(reason: string): void;
  /** A message on the channel of this gateway. */
  answered(message: Buffer): void;
  heard(notice: HostNotice): void;
  /** About once a second while it is up. */
  tick(): void;
}

export interface GatewayLinkParts {
  readonly settings: RemoteSettings;
  readonly keys: RemoteKeys;
  readonly gateway: string;
  readonly now: () => number;
}

/** The two connections of a gateway: one for commands, one on which it hears answers and hosts. Both are up, or neither. */
export class GatewayLink {
  readonly clock = new RedisClock();
  readonly redis: RedisClient;
  private readonly subscriber: RedisClient;
  private downReason?: string = 'connecting';
  private lastError = 'the connection was closed';
  private isReady = false;
  private isSubscribed = false;
  private heartbeat?: NodeJS.Timeout;

  /** @throws Error that says what to install */
  constructor(
    private readonly parts: GatewayLinkParts,
    private readonly listener: GatewayLinkListener,
  ) {
    this.redis = connectGateway(parts.settings);
    this.subscriber = connectSubscriber(parts.settings);
    this.redis.on('ready', () => void this.ready());
    this.subscriber.on('ready', () => void this.subscribe());
    this.subscriber.on('messageBuffer', (channel: Buffer, message: Buffer) => this.receive(channel, message));
    for (const connection of [this.redis, this.subscriber]) {
      connection.on('error', ({ message }) => (this.lastError = message));
    }
    this.redis.on('close', () => this.changed(() => (this.isReady = false), true));
    this.subscriber.on('close', () => this.changed(() => (this.isSubscribed = false), true));
  }

  /** Why nothing can be sent; undefined when it can. */
  get reason(): string | undefined {
    return this.downReason;
  }

  open(): void {
    for (const connection of [this.redis, this.subscriber]) void connection.connect().catch(() => undefined);
    this.heartbeat = setInterval(() => this.beat(), HEARTBEAT_MS).unref();
  }

  /** What was withdrawn is sent in the next turn of the event loop, and Redis answers in order. */
  async close(graceMs: number): Promise<void> {
    clearInterval(this.heartbeat);
    let timer: NodeJS.Timeout | undefined;
    const sent = setImmediate().then(() => this.redis.ping());
    await Promise.race([sent.catch(() => undefined), new Promise((resolve) => (timer = setTimeout(resolve, graceMs)))]);
    clearTimeout(timer);
    this.redis.disconnect();
    this.subscriber.disconnect();
  }

  /** Nothing is sent before the clock of Redis is known: deadlines travel in it. */
  private async ready(): Promise<void> {
    try {
      await this.sampleClock();
    } catch (error) {
      return this.again(this.redis, error as Error);
    }
    this.changed(() => (this.isReady = true));
  }

  private async subscribe(): Promise<void> {
    const { keys, gateway } = this.parts;
    try {
      await this.subscriber.subscribe(keys.answers(gateway), keys.hosts);
    } catch (error) {
      return this.again(this.subscriber, error as Error);
    }
    this.changed(() => (this.isSubscribed = true));
  }

  /** Refused or cut off: the connection is made anew, and what Redis said is told. */
  private again(connection: RedisClient, error: Error): void {
    if (saidByRedis(error)) this.lastError = error.message;
    connection.disconnect(true);
  }

  private receive(channel: Buffer, message: Buffer): void {
    if (channel.toString() !== this.parts.keys.hosts) return this.listener.answered(message);
    const notice = readMessage<HostNotice>(message.toString());
    if (notice) this.listener.heard(notice);
  }

  private beat(): void {
    if (this.isSubscribed) this.subscriber.ping().catch(() => undefined);
    if (this.downReason !== undefined) return;
    this.sampleClock().catch(() => undefined);
    this.listener.tick();
  }

  private async sampleClock(): Promise<void> {
    const { now } = this.parts;
    const sentAt = now();
    const [seconds, microseconds] = await this.redis.time();
    this.clock.sample(Number(seconds) * 1_000 + Number(microseconds) / 1_000, sentAt, now());
  }

  private changed(change: () => void, isLoss = false): void {
    const wasUp = this.isReady && this.isSubscribed;
    // One of the two is there before the other: only a try that failed is news.
    const isFirst = isLoss && this.downReason === 'connecting';
    change();
    const isUp = this.isReady && this.isSubscribed;
    if (isUp === wasUp && !isFirst) return;
    this.downReason = isUp ? undefined : this.lastError;
    if (isUp) this.listener.up();
    else if (wasUp || isFirst) this.listener.down(this.lastError);
    this.lastError = 'the connection was closed';
  }
}
