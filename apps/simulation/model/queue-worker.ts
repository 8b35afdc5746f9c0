import type { Work } from './work.js';
import type { JobQueue, QueueClient } from './job-queue.js';

/** An idle worker asks by itself after this long, should nobody wake it. */
const BLOCK_MS = 1_000;

/** A worker of BullMQ in a host: takes jobs one after the other, up to its concurrency, and one more with each that ends. */
export class QueueWorker implements QueueClient {
  readonly active = new Set<Work>();
  private held = 0;
  private isFetching = false;
  private isDrained = false;
  private isDead = false;
  /** How often it has waited in Redis. */
  private blocks = 0;

  /** @param taken a job is here */
  constructor(
    readonly queue: JobQueue,
    private readonly concurrency: number,
    private readonly taken: (work: Work) => void,
  ) {}

  /** One fetch at a time; without a job in sight it waits in Redis. */
  pump(): void {
    if (this.isFetching || this.isDead || this.held >= this.concurrency) return;
    this.isFetching = true;
    const { redis } = this.queue;
    if (this.isDrained)
      redis.call(
        { cpuUs: redis.costs.blockUs },
        () => this.block(),
        () => undefined,
      );
    else this.fetch();
  }

  wake(): void {
    if (!this.isDead) this.fetch();
  }

  /** Jobs that have their results end, and bring the next ones. */
  finish(works: readonly Work[]): void {
    const { queue } = this;
    const { costs } = queue.redis;
    const next = Math.min(works.length, queue.waiting.size);
    const searchUs = (costs.searchUsPerThousand * queue.active) / 1_000;
    // The first one is on its way before the others are written.
    const cpuUs =
      costs.callUs + next * costs.finishUs + (works.length - next) * costs.lastFinishUs + works.length * searchUs;
    const end = (): (Work | undefined)[] =>
      works.map((work) => {
        queue.finish(this, work);
        return queue.fetch(this);
      });
    queue.redis.call({ cpuUs }, end, (fetched) => {
      this.held -= works.length;
      for (const work of fetched) this.got(work);
      this.pump();
    });
  }

  /** Its host is lost. */
  die(): void {
    this.isDead = true;
    this.queue.leave(this);
  }

  /** In Redis. */
  private block(): void {
    if (this.isDead) return;
    const { queue } = this;
    const block = ++this.blocks;
    queue.block(this);
    queue.redis.agenda.after(BLOCK_MS, () => {
      // It may have been woken meanwhile, and wait again.
      if (block === this.blocks && queue.leave(this)) queue.redis.push(() => this.wake());
    });
  }

  private fetch(): void {
    const { queue } = this;
    const { fetchUs, emptyFetchUs } = queue.redis.costs;
    const cpuUs = queue.waiting.size > 0 ? fetchUs : emptyFetchUs;
    queue.redis.call(
      { cpuUs },
      () => queue.fetch(this),
      (work) => {
        this.isFetching = false;
        this.got(work);
        this.pump();
      },
    );
  }

  private got(work: Work | undefined): void {
    this.isDrained = work === undefined;
    if (!work || this.isDead) return;
    this.held += 1;
    this.taken(work);
  }
}
