import { randomBytes } from 'node:crypto';
import type { StageItem } from '#libs/scheduler';
import { decodeAnswer, type AnswerMessage } from './answer-message.js';
import { saidByRedis } from './connect.js';
import { GatewayLink } from './gateway-link.js';
import { HostRegistry } from './host-registry.js';
import { itemId } from './item-id.js';
import { loadBullMq } from './load-packages.js';
import { decodeOutcome } from './outcome-value.js';
import { RemoteEntry } from './remote-entry.js';
import { RemoteKeys } from './remote-keys.js';
import { RemotePool } from './remote-pool.js';
import type { RemoteSettings } from './remote-settings.js';
import { StageQueue } from './stage-queue.js';

const ID_BYTES = 8;
/** Most outcomes that are remembered to be removed while there is no connection; beyond that their expiry removes them. */
const MOST_UNREMOVED = 10_000;

export interface RemoteStageOptions {
  readonly stage: string;
  /** Name of its queue: equal in gateways and hosts that understand each other. */
  readonly queue: string;
  readonly retryOnCrash: boolean;
  readonly maxQueueWaitMs?: number | undefined;
  readonly shed: (code: string) => void;
}

export interface RemoteGatewayListener {
  up(): void;
  down(reason: string): void;
  /** A host serves the stage, for the first time. */
  served(stage: string): void;
}

interface Remote {
  readonly pool: RemotePool;
  readonly queue: StageQueue;
  readonly name: string;
  wasServed: boolean;
}

interface Open {
  readonly entry: RemoteEntry;
  readonly remote: Remote;
}

/** All that a gateway has to do with stages on other hosts: what is open there, and the outcomes that come back. */
export class RemoteGateway {
  private readonly id = randomBytes(ID_BYTES).toString('hex');
  private readonly keys: RemoteKeys;
  private readonly link: GatewayLink;
  private readonly hosts: HostRegistry;
  private readonly remotes: Remote[] = [];
  private readonly open = new Map<number, Open>();
  private readonly unremoved: number[] = [];
  private sequence = 0;
  private isClosing = false;

  /** @throws Error that says what to install */
  constructor(
    private readonly settings: RemoteSettings,
    private readonly listener: RemoteGatewayListener,
    private readonly now: () => number,
  ) {
    // Found out now, not with the first connection.
    loadBullMq();
    this.keys = new RemoteKeys(settings.prefix);
    this.hosts = new HostRegistry(now);
    this.link = new GatewayLink(
      { settings, keys: this.keys, gateway: this.id, now },
      {
        up: () => this.up(),
        down: (reason) => this.down(reason),
        answered: (message) => this.answered(message),
        heard: (notice) => {
          this.hosts.heard(notice);
          this.tellServed();
        },
        tick: () => {
          for (const { queue } of this.remotes) queue.tick();
        },
      },
    );
  }

  get pools(): readonly RemotePool[] {
    return this.remotes.map(({ pool }) => pool);
  }

  /** The way to one stage. */
  stage({ stage, queue: name, ...options }: RemoteStageOptions): RemotePool {
    const queue = new StageQueue(name, this.settings, this.keys, () => this.link, this.now);
    const pool: RemotePool = new RemotePool({
      stage,
      ...options,
      queue,
      hosts: () => this.hosts.of(name),
      others: () => this.hosts.hasOther(stage, name),
      downReason: () => this.downReason,
      register: (item) => this.register(remote, item),
      forget: ({ sequence }) => this.open.delete(sequence),
      now: this.now,
    });
    const remote: Remote = { pool, queue, name, wasServed: false };
    this.remotes.push(remote);
    return pool;
  }

  start(): void {
    this.link.open();
  }

  /** @param graceMs for Redis to take what is left to be said */
  close(graceMs: number): Promise<void> {
    this.isClosing = true;
    return this.link.close(graceMs);
  }

  private get downReason(): string | undefined {
    const { reason } = this.link;
    return reason && `no connection to Redis at ${this.settings.address} (${reason})`;
  }

  private register(remote: Remote, item: StageItem): RemoteEntry {
    const sequence = ++this.sequence;
    const entry = new RemoteEntry(item, itemId({ gateway: this.id, sequence }), sequence, this.now());
    this.open.set(sequence, { entry, remote });
    return entry;
  }

  private up(): void {
    for (const { queue } of this.remotes) queue.up();
    if (this.unremoved.length > 0) this.remove(this.unremoved.splice(0));
    this.listener.up();
    void this.reconcile();
  }

  private down(reason: string): void {
    this.hosts.forget();
    for (const { pool } of this.remotes) pool.interrupted(reason);
    if (!this.isClosing) this.listener.down(reason);
  }

  private tellServed(): void {
    for (const remote of this.remotes) {
      if (remote.wasServed || this.hosts.of(remote.name).hosts === 0) continue;
      remote.wasServed = true;
      this.listener.served(remote.pool.stage);
    }
  }

  private answered(message: Buffer): void {
    const answer = readAnswer(message);
    if (answer?.kind === 'events') {
      const found = this.open.get(answer.sequence);
      return found?.remote.pool.streamed(found.entry, answer.count, answer.payload);
    }
    if (!answer) return;
    const absent = answer.ready.filter(({ value }) => !value).map(({ sequence }) => sequence);
    if (absent.length > 0) void this.fetch(absent);
    const present = answer.ready.filter(({ value }) => value);
    // Those that nobody waits for are removed too.
    if (present.length > 0) this.remove(present.map(({ sequence }) => sequence));
    for (const { sequence, value } of present) {
      const found = this.open.get(sequence);
      if (found && value) this.take(found, value);
    }
  }

  /** Outcomes that came with their bell. What is left while there is no connection is removed once there is one. */
  private remove(sequences: readonly number[]): void {
    const keys = sequences.map((sequence) => this.keys.result(this.idOf(sequence)));
    this.link.redis.unlink(keys).catch(() => {
      this.unremoved.push(...sequences.slice(0, MOST_UNREMOVED - this.unremoved.length));
    });
  }

  /** An outcome is removed as it is read. Those that nobody waits for are removed too. */
  private async fetch(sequences: readonly number[]): Promise<void> {
    const pipeline = this.link.redis.pipeline();
    for (const sequence of sequences) pipeline.getdelBuffer(this.keys.result(this.idOf(sequence)));
    const replies = (await pipeline.exec().catch(() => undefined)) ?? [];
    for (const [index, [error, value]] of replies.entries()) {
      const found = this.open.get(sequences[index] as number);
      if (!found) continue;
      // After a loss of the connection the outcome is looked for once there is one again.
      if (value) this.take(found, value as Buffer);
      else if (!error || saidByRedis(error)) {
        found.remote.pool.refused(found.entry, error?.message ?? 'Redis has not kept the outcome');
      }
    }
  }

  private take({ entry, remote }: Open, value: Buffer): void {
    try {
      remote.pool.settle(entry, decodeOutcome(value));
    } catch (error) {
      remote.pool.refused(entry, `the outcome cannot be read: ${(error as Error).message}`);
    }
  }

  private idOf(sequence: number): string {
    return itemId({ gateway: this.id, sequence });
  }

  /** What was open while there was no connection: its bell may not have been heard, or Redis may have lost it. */
  private async reconcile(): Promise<void> {
    const open = [...this.open.values()].filter(({ entry }) => entry.isSent);
    if (open.length === 0) return;
    const pipeline = this.link.redis.pipeline();
    // In this order: a job goes only after its outcome is there.
    for (const { entry, remote } of open) {
      pipeline.exists(remote.queue.jobKey(entry.id));
      pipeline.getdelBuffer(this.keys.result(entry.id));
    }
    const replies = await pipeline.exec().catch(() => undefined);
    if (!replies) return;
    for (const [index, found] of open.entries()) {
      const [existsError, exists] = replies[index * 2] ?? [];
      const [valueError, value] = replies[index * 2 + 1] ?? [];
      if (found.entry.isDone || existsError || valueError) continue;
      if (value) this.take(found, value as Buffer);
      else if (exists === 0) found.remote.pool.lost(found.entry, 'Redis has lost the item');
    }
  }
}

/** Anybody may write to a channel: what is no message is passed over. */
function readAnswer(message: Buffer): AnswerMessage | undefined {
  try {
    return decodeAnswer(message);
  } catch {
    return undefined;
  }
}
