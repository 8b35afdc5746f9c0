import { randomUUID } from 'node:crypto';
import { MosecError, UnavailableError, type LogSink } from '#libs/contracts';
import { JobConnections } from './job-connections.js';
import { JobFeed } from './job-feed.js';
import { JobKeys } from './job-keys.js';
import { JobLane } from './job-lane.js';
import { newRecord, type JobOrder, type JobRecord } from './job-record.js';
import { hasAnswer, hasEnded } from './job-state.js';
import { JobStore, type Idempotency } from './job-store.js';
import type { JobSite } from './job-work.js';
import { loadPeers, type Peers } from './peers.js';
import type { RedisSource } from './redis-source.js';
import { WebhookQueue } from './webhook/webhook-queue.js';
import type { WebhookSettings } from './webhook/webhook-settings.js';

export interface JobsSettings {
  readonly redis: RedisSource;
  readonly prefix: string;
  readonly resultTtlMs: number;
  readonly maxAgeMs: number;
  readonly concurrency: number;
  readonly maxPending: number;
  readonly webhook?: WebhookSettings | undefined;
}

export interface JobsParts {
  /** Epoch milliseconds, for people to read. */
  readonly now: () => number;
  /** Epoch milliseconds, the clock of the deadlines. */
  readonly clock: () => number;
  readonly log: LogSink;
  /** Redis refuses the login: only a new configuration helps. */
  readonly refused: (reason: string) => void;
  /** A job has ended in this process. */
  readonly ended: (record: JobRecord, error: MosecError | undefined) => void;
  /** A job was accepted, or cancelled, here. */
  readonly counted: (route: string, event: 'accepted' | 'cancelled') => void;
  /** A message was delivered, a try has failed, or the last one has. */
  readonly delivered: (outcome: 'delivered' | 'failed' | 'dead') => void;
  /** What a message says of a job that has ended. */
  readonly message: (record: JobRecord) => object;
}

/** What of the jobs is shown in the metrics. */
export interface LaneUsage {
  readonly route: string;
  readonly running: number;
  /** As of the last heartbeat. */
  readonly waiting: number;
}

/** How often Redis is asked how long the queues are, and whether it answers, in milliseconds. */
const HEARTBEAT_MS = 1_000;

interface Open {
  readonly connections: JobConnections;
  readonly store: JobStore;
  readonly feed: JobFeed;
  readonly lanes: ReadonlyMap<string, JobLane>;
  readonly webhooks?: WebhookQueue | undefined;
}

/** The asynchronous jobs of an application: kept in Redis, run by any of its processes. */
export class AsyncJobs {
  private readonly peers: Peers;
  private readonly keys: JobKeys;
  private readonly sites = new Map<string, JobSite>();
  private readonly waiting = new Map<string, number>();
  private opened?: Open;
  private heartbeat?: NodeJS.Timeout;
  private downReason?: string = 'connecting';
  private mayRun = false;
  private isRunning = false;
  private drained?: Promise<unknown>;

  /** @throws Error that says what to install */
  constructor(
    private readonly settings: JobsSettings,
    private readonly parts: JobsParts,
  ) {
    this.peers = loadPeers();
    this.keys = new JobKeys(settings.prefix);
  }

  /** Why no jobs can be accepted now; undefined when they can. */
  get unreadyReason(): string | undefined {
    return (
      this.downReason && `no connection to the Redis of the jobs at ${this.settings.redis.address} (${this.downReason})`
    );
  }

  get usages(): LaneUsage[] {
    return [...this.sites.keys()].map((route) => ({
      route,
      running: this.opened?.lanes.get(route)?.running ?? 0,
      waiting: this.waiting.get(route) ?? 0,
    }));
  }

  /** Before it is opened. @param lane path by which the queue is called */
  addSite(lane: string, site: JobSite): void {
    this.sites.set(lane, site);
  }

  /** Begins to connect. */
  open(): void {
    const { settings } = this;
    const { address } = settings.redis;
    const { log, refused } = this.parts;
    const connections = new JobConnections(this.peers, settings.redis, {
      up: () => {
        log.log('info', `connected to the Redis of the jobs at ${address}`);
        this.downReason = undefined;
        this.run();
      },
      down: (reason) => {
        this.downReason = reason;
        log.log('error', `no connection to the Redis of the jobs at ${address}: ${reason}; trying again`);
      },
      refused,
    });
    this.opened = this.build(connections);
    this.heartbeat = setInterval(() => void this.beat(), HEARTBEAT_MS).unref();
  }

  /** Jobs are run here from now on, as soon as there is a connection. */
  start(): void {
    this.mayRun = true;
    this.run();
  }

  /** @throws MosecError when it cannot be accepted */
  async accept(lane: string, order: JobOrder, body: Uint8Array, idempotency?: Idempotency): Promise<JobRecord> {
    const { store, lanes, webhooks } = this.ready();
    const { queue } = found(lanes, lane);
    if (order.webhook !== undefined && webhooks) await webhooks.check(order.webhook);
    const waiting = queue.toKey('wait');
    const createdAt = this.parts.now();
    const job = { id: randomUUID(), order, createdAt, body, idempotency, waiting };
    const { id, state, isNew } = await this.redis(store.accept(job));
    // A process that died here has told nobody of the job; who asks again by its key finds it.
    if (state === 'queued') await this.redis(found(lanes, lane).add(id));
    if (isNew) {
      this.parts.counted(order.route, 'accepted');
      return newRecord(order, id, createdAt);
    }
    const record = await this.redis(store.read(id));
    if (record) return record;
    throw new UnavailableError('the job was removed meanwhile', { code: 'JOBS_UNAVAILABLE' });
  }

  read(id: string): Promise<JobRecord | undefined> {
    return this.redis(this.ready().store.read(id));
  }

  result(id: string): Promise<Buffer | null> {
    return this.redis(this.ready().store.result(id));
  }

  /** Cancels what has not ended, and removes what has an answer. @returns the state before, or `gone` */
  async remove(record: JobRecord): Promise<string> {
    const state = await this.cancel(record);
    if (hasAnswer(state)) await this.redis(this.ready().store.forget(record.id));
    return state;
  }

  /** Cancels what has not ended, wherever it runs. @returns the state before, or `gone` */
  async cancel({ id, route }: JobRecord): Promise<string> {
    const { store, lanes } = this.ready();
    const state = await this.redis(store.cancel(id));
    if (hasEnded(state) || state === 'gone') return state;
    this.parts.counted(route, 'cancelled');
    await this.redis(this.tell(id));
    // One that runs has a lock, and is removed by whoever runs it.
    if (state === 'queued') await Promise.all([...lanes.values()].map((lane) => lane.queue.remove(id).catch(() => 0)));
    return state;
  }

  /** @returns ends that */
  watch(id: string, listener: () => void): () => void {
    return this.ready().feed.watch(id, listener);
  }

  /** The messages that could not be delivered. */
  get webhooks(): WebhookQueue | undefined {
    return this.ready().webhooks;
  }

  /** Takes no more jobs; those that run go on. */
  drain(): void {
    const { lanes, webhooks } = this.opened ?? { lanes: new Map<string, JobLane>() };
    this.drained ??= Promise.allSettled([...[...lanes.values()].map((lane) => lane.drain()), webhooks?.drain()]);
  }

  /** Jobs that still run go back to the queue. */
  handBack(): void {
    for (const lane of this.opened?.lanes.values() ?? []) lane.handBack();
  }

  /** Waits for what runs here, `timeoutMs` at most, and ends the connections. */
  async close(timeoutMs: number): Promise<void> {
    clearInterval(this.heartbeat);
    if (!this.opened) return;
    this.drain();
    let timer: NodeJS.Timeout | undefined;
    await Promise.race([this.drained, new Promise((resolve) => (timer = setTimeout(resolve, timeoutMs)))]);
    clearTimeout(timer);
    this.opened.connections.close();
  }

  private build(connections: JobConnections): Open {
    const { settings, keys, parts, peers } = this;
    const { prompt, patient, subscriber } = connections;
    const { prefix, concurrency } = settings;
    const { now, clock, log, ended } = parts;
    const store = new JobStore(prompt, keys, { ...settings, now });
    const patientStore = new JobStore(patient, keys, { ...settings, now });
    const feed = new JobFeed(subscriber, keys);
    const shared = { peers, prefix, prompt, patient, store, patientStore, feed, concurrency, now, clock, log, ended };
    const tell = (id: string): Promise<void> => this.tell(id, patientStore);
    const lanes = [...this.sites].map(([route, site]) => new JobLane(route, site, { ...shared, tell }));
    const webhooks = settings.webhook && new WebhookQueue(settings.webhook, { ...shared, delivered: parts.delivered });
    return { connections, store, feed, lanes: new Map(lanes.map((lane) => [lane.route, lane])), webhooks };
  }

  private run(): void {
    if (!this.mayRun || this.isRunning || this.downReason !== undefined || this.drained || !this.opened) return;
    this.isRunning = true;
    for (const lane of this.opened.lanes.values()) lane.start();
    this.opened.webhooks?.start();
  }

  /** Once for each end, as far as one can know. */
  private async tell(id: string, store = this.ready().store): Promise<void> {
    const { webhooks } = this.ready();
    const record = webhooks && (await store.read(id));
    if (!record?.webhook || record.isTold || !hasEnded(record.state)) return;
    await webhooks?.add(id, record.webhook, this.parts.message(record));
    await store.told(id);
  }

  private async beat(): Promise<void> {
    const { connections, lanes } = this.ready();
    if (this.downReason !== undefined) return;
    for (const { route, queue } of lanes.values()) {
      const waiting = await connections.prompt.llen(queue.toKey('wait')).catch(() => undefined);
      if (waiting !== undefined) this.waiting.set(route, waiting);
    }
    if (lanes.size === 0) await connections.prompt.ping().catch(() => undefined);
  }

  private ready(): Open {
    if (this.opened) return this.opened;
    throw new UnavailableError('the server has not started yet', { code: 'JOBS_UNAVAILABLE' });
  }

  /** What Redis does not do is 503, in words that tell clients nothing of it. */
  private async redis<T>(done: Promise<T>): Promise<T> {
    try {
      return await done;
    } catch (cause) {
      if (cause instanceof MosecError) throw cause;
      this.parts.log.log('error', `Redis does not keep a job: ${(cause as Error).message}`);
      throw new UnavailableError('jobs cannot be kept at the moment', { code: 'JOBS_UNAVAILABLE', cause });
    }
  }
}

function found(lanes: ReadonlyMap<string, JobLane>, route: string): JobLane {
  const lane = lanes.get(route);
  if (!lane) throw new Error(`there is no queue of jobs of "${route}"`);
  return lane;
}
