import type { Redis } from 'ioredis';
import { type Job, Queue, Worker } from 'bullmq';
import { type Cost, Costs } from './cost.js';
import type { LocalRedis } from './local-redis.js';

const TOKEN = 'measure';
const LOCK_MS = 600_000;
const MOST_EVENTS = 10;

export interface JobCosts {
  readonly add: Cost;
  readonly fetch: Cost;
  readonly emptyFetch: Cost;
  readonly finish: Cost;
  readonly lastFinish: Cost;
  readonly renew: Cost;
  readonly stalledCheck: Cost;
}

/** What is private to a worker, but is what it does every `stalledInterval`. */
interface Checking {
  moveStalledJobsToWait(): Promise<void>;
}

/** Makes jobs of what a finished one has brought, as a running worker does. */
class Taker extends Worker {
  taken(found: readonly unknown[] | undefined): Promise<Job | undefined | void> {
    const [data, id] = found ?? [];
    return data ? this.nextJobFromJobData(data as never, id as string, TOKEN) : Promise.resolve();
  }
}

/** Jobs of BullMQ with the options that remote stages use, in bursts. */
export class JobMeasurement {
  private readonly queue: Queue;
  private readonly worker: Taker;
  private readonly connections: readonly Redis[];
  private readonly costs: Costs;
  private added = 0;

  constructor(redis: LocalRedis, name: string) {
    const [connection, blocking] = [redis.connect(), redis.connect()];
    this.connections = [connection, blocking];
    this.costs = new Costs(redis);
    this.queue = new Queue(name, {
      connection,
      defaultJobOptions: { removeOnComplete: true, removeOnFail: true },
      streams: { events: { maxLen: MOST_EVENTS } },
      skipVersionCheck: true,
    });
    this.worker = new Taker(name, null, {
      connection: blocking,
      autorun: false,
      lockDuration: LOCK_MS,
      stalledInterval: 1,
      skipVersionCheck: true,
    });
  }

  async run(items: number, size: number): Promise<JobCosts> {
    const add = await this.costs.of(items, size, () => this.add(size));
    const jobs: Job[] = [];
    const fetch = await this.costs.of(items / 2, size, async () => jobs.push(...(await this.fetch(size))));
    const renew = await this.renew(jobs);
    const stalledCheck = await this.stalledCheck(jobs.length);
    const next: Job[] = [];
    const half = items / 2;
    const finish = await this.costs.of(half, size, async (first) =>
      next.push(...(await this.finish(jobs, first, size))),
    );
    const lastFinish = await this.costs.of(half, size, (first) => this.finish(next, first, size));
    const emptyFetch = await this.costs.of(half, 1, () => this.fetch(1));
    return { add, fetch, emptyFetch, finish, lastFinish, renew, stalledCheck };
  }

  /** `moveToFinished` of jobs at any place among so many active ones. */
  async finishAmong(active: number, items: number, size: number, random: () => number): Promise<Cost> {
    const jobs: Job[] = [];
    while (jobs.length < active) {
      await this.add(size);
      jobs.push(...(await this.fetch(size)));
    }
    const order = jobs.map((job) => ({ job, key: random() })).sort((one, other) => one.key - other.key);
    const shuffled = order.map(({ job }) => job);
    const cost = await this.costs.of(items, size, (first) => this.finish(shuffled, first, size));
    for (let first = items; first < shuffled.length; first += size) await this.finish(shuffled, first, size);
    return cost;
  }

  async close(): Promise<void> {
    await Promise.all([this.queue.close(), this.worker.close()]);
    for (const connection of this.connections) connection.disconnect();
  }

  private add(size: number): Promise<unknown> {
    const jobs = Array.from({ length: size }, () => ({
      name: 'item',
      data: {},
      opts: { jobId: `item-${this.added++}` },
    }));
    return this.queue.addBulk(jobs);
  }

  private async fetch(size: number): Promise<Job[]> {
    const wait = { block: false };
    const jobs = await Promise.all(Array.from({ length: size }, () => this.worker.getNextJob(TOKEN, wait)));
    return jobs.filter((job): job is Job => job !== undefined);
  }

  /** As the worker does it when a batch has its results. */
  private async finish(jobs: readonly Job[], first: number, size: number): Promise<Job[]> {
    const ended = jobs.slice(first, first + size).map((job) => job.moveToCompleted(undefined, TOKEN, true));
    const next = await Promise.all(ended);
    const found = await Promise.all(next.map((brought) => this.worker.taken(brought as unknown[] | undefined)));
    return found.filter((job): job is Job => Boolean(job));
  }

  private async renew(jobs: readonly Job[]): Promise<Cost> {
    const ids = jobs.map(({ id = '' }) => id);
    const tokens = ids.map(() => TOKEN);
    const cost = await this.costs.of(1, 1, () => this.worker.extendJobLocks(ids, tokens, LOCK_MS));
    return perItem(cost, ids.length);
  }

  private async stalledCheck(active: number): Promise<Cost> {
    const ROUNDS = 4;
    const check = (): Promise<void> => (this.worker as unknown as Checking).moveStalledJobsToWait();
    return perItem(await this.costs.of(ROUNDS, 1, check), active);
  }
}

function perItem({ redisUs, ownUs }: Cost, items: number): Cost {
  return { redisUs: redisUs / items, ownUs: ownUs / items };
}
