import { Fifo } from './fifo.js';
import type { Redis } from './redis.js';
import type { Work } from './work.js';

/** A worker of BullMQ as Redis sees it. */
export interface QueueClient {
  /** The jobs that it holds. */
  readonly active: Set<Work>;
  /** There may be a job: it has been waiting for that. */
  wake(): void;
}

/** The queue of a stage in one Redis, as BullMQ keeps it: jobs that wait, jobs that are active, and a marker for idle workers. */
export class JobQueue {
  readonly waiting = new Fifo<Work>();
  /** Jobs that are with workers. */
  active = 0;
  /** In the order of asking. */
  private readonly blocked = new Set<QueueClient>();
  private isMarked = false;

  constructor(
    readonly redis: Redis,
    readonly stage: number,
  ) {}

  add(works: readonly Work[]): void {
    for (const work of works) this.waiting.push(work);
    this.mark();
  }

  /** The next job, for this worker. */
  fetch(client: QueueClient): Work | undefined {
    const work = this.waiting.shift();
    if (!work) return undefined;
    client.active.add(work);
    this.active++;
    // BullMQ leaves a marker with each job that is taken: so one idle worker wakes the next.
    this.mark();
    return work;
  }

  finish(client: QueueClient, work: Work): void {
    if (client.active.delete(work)) this.active--;
  }

  /** It waits until there may be a job. */
  block(client: QueueClient): void {
    if (this.isMarked) this.wake(client);
    else this.blocked.add(client);
  }

  /** Whether it was waiting. */
  leave(client: QueueClient): boolean {
    return this.blocked.delete(client);
  }

  /** The jobs of a worker that is lost wait again, before all others. */
  requeue(client: QueueClient, again: (work: Work) => Work): number {
    const { active } = client;
    this.active -= active.size;
    this.waiting.unshift([...active].map(again));
    const count = active.size;
    active.clear();
    if (count > 0) this.mark();
    return count;
  }

  private mark(): void {
    this.isMarked = true;
    const [client] = this.blocked;
    if (!client) return;
    this.blocked.delete(client);
    this.wake(client);
  }

  private wake(client: QueueClient): void {
    this.isMarked = false;
    this.redis.push(() => client.wake());
  }
}
