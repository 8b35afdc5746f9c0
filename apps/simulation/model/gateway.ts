import type { Agenda } from './agenda.js';
import { EventLoop } from './event-loop.js';
import type { Item } from './item.js';
import type { JobQueue } from './job-queue.js';
import { Pool } from './pool.js';
import { US } from './redis.js';
import type { Scenario } from './scenario.js';
import { Work } from './work.js';

/** Takes requests, sends their items through the stages, and answers. */
export class Gateway {
  readonly loop: EventLoop;
  /** Of the stages that run here. */
  readonly pools = new Map<number, Pool>();
  private readonly outbox = new Map<JobQueue, Work[]>();
  private readonly bells = new Map<JobQueue, Work[]>();

  /** @param queues of the remote stages */
  constructor(
    agenda: Agenda,
    private readonly scenario: Scenario,
    private readonly queues: ReadonlyMap<number, JobQueue>,
  ) {
    const { stages, replicas, maxWaitMs, parameters } = scenario;
    this.loop = new EventLoop(agenda, parameters.gateway.turnUs * US, () => this.flush());
    for (const [index, spec] of stages.entries()) {
      if (!spec.isLocal) continue;
      const { handOverMs } = parameters;
      const done = (works: readonly Work[]): void => this.ran(works);
      this.pools.set(index, new Pool(agenda, { spec, replicas, maxWaitMs, handOverMs, done }));
    }
  }

  request(item: Item): void {
    this.loop.post(this.costs.requestUs * US, () => this.submit(item));
  }

  /** Results are in Redis. */
  ring(queue: JobQueue, works: readonly Work[]): void {
    this.loop.post(this.costs.bellUs * US, () => gather(this.bells, queue, works));
  }

  heartbeat(): void {
    this.loop.post(this.costs.heartbeatUs * US, () => undefined);
  }

  private get costs(): Scenario['parameters']['gateway'] {
    return this.scenario.parameters.gateway;
  }

  private submit(item: Item): void {
    const work = new Work(item, item.stage, false);
    const queue = this.queues.get(item.stage);
    if (queue) this.loop.post(this.costs.sendUs * US, () => gather(this.outbox, queue, [work]));
    else this.pools.get(item.stage)?.submit(work);
  }

  /** A batch of a stage that runs here. */
  private ran(works: readonly Work[]): void {
    this.loop.post(0, () => {
      for (const work of works) this.take(work);
    });
  }

  private flush(): void {
    for (const [queue, works] of drained(this.outbox)) {
      const { callUs, setUs, addUs } = queue.redis.costs;
      // Values and jobs are two writes.
      const kibIn = works.reduce((sum, { item }) => sum + item.kib, 0);
      const call = { cpuUs: callUs + works.length * (setUs + addUs), kibIn };
      queue.redis.call(
        call,
        () => queue.add(works),
        () => undefined,
      );
    }
    for (const [queue, works] of drained(this.bells)) this.fetch(queue, works);
  }

  private fetch(queue: JobQueue, works: readonly Work[]): void {
    const cpuUs = works.length * queue.redis.costs.getdelUs;
    const kibOut = works.length * this.scenario.resultKib;
    const took = (): void => {
      for (const work of works) this.loop.post(this.costs.resultUs * US, () => this.take(work));
    };
    queue.redis.call({ cpuUs, kibOut }, () => undefined, took);
  }

  /** The outcome of a stage. A second one, of an item that was run again, is nobody's. */
  private take({ item, stage }: Work): void {
    if (item.stage !== stage) return;
    item.stage += 1;
    item.kib = this.scenario.resultKib;
    if (item.stage < this.scenario.stages.length) return this.submit(item);
    item.answers += 1;
    item.answered(item);
  }
}

function gather(box: Map<JobQueue, Work[]>, queue: JobQueue, works: readonly Work[]): void {
  const known = box.get(queue);
  if (known) known.push(...works);
  else box.set(queue, [...works]);
}

function drained(box: Map<JobQueue, Work[]>): [JobQueue, Work[]][] {
  const all = [...box];
  box.clear();
  return all;
}
