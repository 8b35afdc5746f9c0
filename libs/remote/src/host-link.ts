import { connectHost, connectSubscriber } from './connect.js';
import { readMessage, type HostNotice, type StageControl } from './control-message.js';
import { OutcomeWriter } from './outcome-writer.js';
import { RedisClock } from './redis-clock.js';
import type { RedisClient } from './redis-client.js';
import type { RemoteKeys } from './remote-keys.js';
import type { RemoteSettings } from './remote-settings.js';
import { ValueReader } from './value-reader.js';

export interface HostLinkListener {
  up(): void;
  down(reason: string): void;
  /** Gateways were not heard for a while. */
  deaf(): void;
  control(queue: string, message: StageControl): void;
}

/** The connections that all stages of a host share; each queue has one more, on which it waits. */
export class HostLink {
  readonly clock = new RedisClock();
  readonly redis: RedisClient;
  readonly outcomes: OutcomeWriter;
  private readonly subscriber: RedisClient;
  private readonly values: ValueReader;
  private downReason?: string = 'connecting';
  private lastError = 'the connection was closed';
  private isClosed = false;

  /** @throws Error that says what to install */
  constructor(
    settings: RemoteSettings,
    readonly keys: RemoteKeys,
    private readonly now: () => number,
    private readonly listener: HostLinkListener,
  ) {
    this.redis = connectHost(settings);
    this.subscriber = connectSubscriber(settings);
    this.outcomes = new OutcomeWriter(this.redis, keys);
    this.values = new ValueReader((ids) => this.redis.mgetBuffer(ids.map((id) => keys.input(id))));
    for (const connection of [this.redis, this.subscriber]) {
      connection.on('error', ({ message }) => (this.lastError = message));
    }
    this.redis.on('ready', () => void this.ready());
    this.redis.on('close', () => this.lost());
    this.subscriber.on('close', () => listener.deaf());
  }

  get reason(): string | undefined {
    return this.downReason;
  }

  /** @param queues whose gateways are listened to */
  open(queues: readonly string[]): void {
    const byChannel = new Map(queues.map((queue) => [this.keys.control(queue), queue]));
    this.subscriber.on('message', (channel: string, message: string) => {
      const queue = byChannel.get(channel);
      const control = readMessage<StageControl>(message);
      if (queue !== undefined && control) this.listener.control(queue, control);
    });
    for (const connection of [this.redis, this.subscriber]) void connection.connect().catch(() => undefined);
    void this.subscriber.subscribe(...byChannel.keys()).catch(() => undefined);
  }

  /** The value of an item; null where there is none. */
  read(id: string): Promise<Buffer | null> {
    return this.values.read(id);
  }

  /** Which of these items have no value any more. */
  async withoutValue(ids: readonly string[]): Promise<string[]> {
    const pipeline = this.redis.pipeline();
    for (const id of ids) pipeline.exists(this.keys.input(id));
    const replies = (await pipeline.exec()) ?? [];
    return ids.filter((_id, index) => replies[index]?.[1] === 0);
  }

  /** Tells the gateways, and measures the clock of Redis by the way. */
  async tell(notice: HostNotice): Promise<void> {
    if (this.downReason !== undefined) return;
    if (this.subscriber.status === 'ready') this.subscriber.ping().catch(() => undefined);
    await this.redis.publish(this.keys.hosts, JSON.stringify(notice));
    await this.sampleClock();
  }

  close(): void {
    this.isClosed = true;
    this.redis.disconnect();
    this.subscriber.disconnect();
  }

  private async ready(): Promise<void> {
    await this.sampleClock().catch(() => undefined);
    this.downReason = undefined;
    this.listener.up();
  }

  private lost(): void {
    if (this.isClosed) return;
    const isNew = this.downReason === undefined || this.downReason === 'connecting';
    this.downReason = this.lastError;
    if (isNew) this.listener.down(this.lastError);
    this.lastError = 'the connection was closed';
  }

  private async sampleClock(): Promise<void> {
    const sentAt = this.now();
    const [seconds, microseconds] = await this.redis.time();
    this.clock.sample(Number(seconds) * 1_000 + Number(microseconds) / 1_000, sentAt, this.now());
  }
}
