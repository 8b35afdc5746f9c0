import { Queue, QueueEvents, Worker } from 'bullmq';
import { percentile } from '../statistics.js';
import type { RedisPlace } from '../server/start-server.js';

/** What the queue alone does, without a value, an outcome or a second process. */
export interface BullMqFigures {
  /** From adding a job to hearing of its end, one at a time. */
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** With so many jobs at a time as there are callers. */
  readonly jobsPerSecond: number;
}

const QUEUE = 'alone';
const JOB = { name: 'job', data: {}, opts: { removeOnComplete: true } };

/** Everything in this process: a queue, a worker that does nothing, and its events. */
export async function measureBullMq(
  { url, prefix }: RedisPlace,
  jobs: number,
  seconds: number,
): Promise<BullMqFigures> {
  const connection = { url, maxRetriesPerRequest: null };
  const queue = new Queue(QUEUE, { connection, prefix });
  const events = new QueueEvents(QUEUE, { connection, prefix });
  const worker = new Worker(QUEUE, () => Promise.resolve(), { connection, prefix, concurrency: jobs });
  const parts = [worker, events, queue];
  try {
    await Promise.all(parts.map((part) => part.waitUntilReady()));
    const latencies = await roundTrips(queue, events, seconds);
    // Hearing of every job costs more than running it.
    await events.close();
    const jobsPerSecond = await rush(queue, worker, jobs, seconds);
    return { p50Ms: percentile(latencies, 0.5), p99Ms: percentile(latencies, 0.99), jobsPerSecond };
  } finally {
    await Promise.all(parts.map((part) => part.close()));
  }
}

async function roundTrips(queue: Queue, events: QueueEvents, seconds: number): Promise<Float64Array> {
  const latencies: number[] = [];
  let completed = (): void => undefined;
  events.on('completed', () => completed());
  const until = performance.now() + seconds * 1_000;
  do {
    const ended = new Promise<void>((resolve) => (completed = resolve));
    const addedAt = performance.now();
    await queue.add(JOB.name, JOB.data, JOB.opts);
    await ended;
    latencies.push(performance.now() - addedAt);
  } while (performance.now() < until);
  return Float64Array.from(latencies).sort();
}

/** Adds the next jobs when all are done. */
async function rush(queue: Queue, worker: Worker, jobs: number, seconds: number): Promise<number> {
  let done = 0;
  let left = 0;
  let allDone = (): void => undefined;
  worker.on('completed', () => void (--left === 0 && allDone()));
  const startedAt = performance.now();
  do {
    left = jobs;
    const ended = new Promise<void>((resolve) => (allDone = resolve));
    await queue.addBulk(Array.from({ length: jobs }, () => JOB));
    await ended;
    done += jobs;
  } while (performance.now() < startedAt + seconds * 1_000);
  return (done / (performance.now() - startedAt)) * 1_000;
}
