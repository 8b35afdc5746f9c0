import type { Queue } from 'bullmq';
import type { StageControl } from './control-message.js';
import type { GatewayLink } from './gateway-link.js';
import { encodeItem } from './item-value.js';
import { loadBullMq } from './load-packages.js';
import { saidByRedis } from './connect.js';
import type { RemoteEntry } from './remote-entry.js';
import type { RemoteKeys } from './remote-keys.js';
import type { RemoteSettings } from './remote-settings.js';

/** How much longer than its deadline an item stays in Redis, so that an outcome may still be told from a loss. */
export const GRACE_MS = 10_000;
/** Most items that are remembered to be withdrawn while there is no connection; beyond that their expiry removes them. */
const MOST_WITHDRAWN = 10_000;
/** BullMQ tells of each job in a stream, which nobody reads here. */
const MOST_EVENTS = 10;
/** Jobs of gateways that died are looked for so often, and removed so many at a time. */
const CLEAN_EVERY_TICKS = 30;
const MOST_CLEANED = 1_000;

const JOB_NAME = 'item';

/** The queue of one remote stage, as a gateway uses it. */
export class StageQueue {
  /** Items of all gateways that no host has taken yet, as of the last tick. */
  waiting = 0;
  private queue?: Queue;
  private withdrawn: string[] = [];
  private ticks = 0;

  constructor(
    private readonly name: string,
    private readonly settings: RemoteSettings,
    private readonly keys: RemoteKeys,
    private readonly link: () => GatewayLink,
    private readonly now: () => number,
  ) {}

  /** There is a connection. BullMQ gives up for good where there is none at the start. */
  up(): void {
    this.queue ??= this.open();
    const ids = this.withdrawn;
    this.withdrawn = [];
    if (ids.length > 0) this.withdraw(ids);
  }

  tick(): void {
    const { queue } = this;
    if (!queue) return;
    queue.getWaitingCount().then(
      (count) => (this.waiting = count),
      () => undefined,
    );
    if (this.ticks++ % CLEAN_EVERY_TICKS !== 0) return;
    // BullMQ reckons with the clock of this machine, and jobs carry that of Redis.
    const graceMs = Date.now() - this.redisNow + this.settings.ttlMs;
    queue.clean(graceMs, MOST_CLEANED, 'wait').catch(() => undefined);
  }

  /** @param refused told of each item that Redis does not take; nobody is told when the connection is lost */
  add(entries: readonly RemoteEntry[], refused: (entry: RemoteEntry, why: string) => void): void {
    const { queue, keys } = this;
    const { redis, clock } = this.link();
    if (!queue) return;
    const pipeline = redis.pipeline();
    for (const entry of entries) {
      entry.isSent = true;
      entry.holdPayload();
      const value = encodeItem(entry.item, clock.toRedis(entry.item.deadline));
      pipeline.set(keys.input(entry.id), value, 'PX', this.lifeMs(entry.item.deadline));
    }
    const stored = pipeline.exec();
    // On the same connection, hence after the values.
    const timestamp = Math.round(this.redisNow);
    const added = queue.addBulk(
      entries.map(({ id }) => ({ name: JOB_NAME, data: {}, opts: { jobId: id, timestamp } })),
    );
    const failed = (error: Error): void => {
      if (saidByRedis(error)) for (const entry of entries) refused(entry, error.message);
    };
    added.catch(failed);
    stored
      .then((replies) => {
        for (const [index, [error]] of (replies ?? []).entries()) {
          const entry = entries[index];
          if (error && entry && saidByRedis(error)) refused(entry, error.message);
        }
      }, failed)
      .finally(() => {
        for (const entry of entries) entry.releasePayload();
      })
      .catch(() => undefined);
  }

  /** Nobody waits for these any more, wherever they are. */
  withdraw(ids: readonly string[]): void {
    const { queue, link } = this;
    const { redis, reason } = link();
    if (!queue || reason !== undefined) return this.remember(ids);
    const removed = ids.map((id) => queue.remove(id));
    const gone = redis.unlink(ids.map((id) => this.keys.input(id)));
    Promise.all([...removed, gone, this.tell({ cancel: ids })]).catch(() => this.remember(ids));
  }

  credit(credit: NonNullable<StageControl['credit']>): void {
    // What is lost with the connection ends the streams that wait for it.
    this.tell({ credit }).catch(() => undefined);
  }

  /** The key of a job of BullMQ. */
  jobKey(id: string): string {
    return this.queue?.toKey(id) ?? '';
  }

  private get redisNow(): number {
    return this.link().clock.toRedis(this.now());
  }

  private open(): Queue {
    const { Queue: BullQueue } = loadBullMq();
    const queue = new BullQueue(this.name, {
      connection: this.link().redis,
      prefix: this.keys.queuePrefix,
      skipVersionCheck: true,
      defaultJobOptions: { removeOnComplete: true, removeOnFail: true },
      streams: { events: { maxLen: MOST_EVENTS } },
    });
    // The link tells of the connection.
    queue.on('error', () => undefined);
    return queue;
  }

  private tell(control: StageControl): Promise<unknown> {
    return this.link().redis.publish(this.keys.control(this.name), JSON.stringify(control));
  }

  private remember(ids: readonly string[]): void {
    this.withdrawn.push(...ids.slice(0, MOST_WITHDRAWN - this.withdrawn.length));
  }

  private lifeMs(deadline: number): number {
    const { ttlMs } = this.settings;
    return Math.ceil(Math.min(ttlMs, Math.max(0, deadline - this.now()) + GRACE_MS));
  }
}
