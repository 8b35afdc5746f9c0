import type { Agenda } from './agenda.js';
import { EventLoop } from './event-loop.js';
import type { JobQueue } from './job-queue.js';
import { Pool } from './pool.js';
import { QueueWorker } from './queue-worker.js';
import { US } from './redis.js';
import { prefetch, type Scenario } from './scenario.js';
import type { Work } from './work.js';

/** Tells a gateway which results are in Redis. */
export type Ring = (gateway: number, queue: JobQueue, works: readonly Work[]) => void;

interface Hosted {
  readonly worker: QueueWorker;
  readonly pool: Pool;
  taken: Work[];
  finished: Work[];
}

/** Runs the remote stages. */
export class Host {
  readonly loop: EventLoop;
  isDead = false;
  private readonly hosted: readonly Hosted[];

  /** @param queues of the stages that it serves */
  constructor(
    agenda: Agenda,
    private readonly scenario: Scenario,
    queues: readonly JobQueue[],
    private readonly ring: Ring,
  ) {
    this.loop = new EventLoop(agenda, scenario.parameters.host.turnUs * US, () => this.flush());
    this.hosted = queues.map((queue) => this.serve(agenda, queue));
  }

  get pools(): readonly Pool[] {
    return this.hosted.map(({ pool }) => pool);
  }

  get workers(): readonly QueueWorker[] {
    return this.hosted.map(({ worker }) => worker);
  }

  start(): void {
    for (const { worker } of this.hosted) worker.pump();
  }

  /** Nothing that it would do from now on happens. */
  die(): void {
    this.isDead = true;
    for (const { worker } of this.hosted) worker.die();
  }

  private serve(agenda: Agenda, queue: JobQueue): Hosted {
    const { stages, replicas, maxWaitMs, parameters } = this.scenario;
    const spec = stages[queue.stage] as Scenario['stages'][number];
    const { host, handOverMs } = parameters;
    const take = (work: Work): void => this.loop.post(host.takeUs * US, () => hosted.taken.push(work));
    const finish = (works: readonly Work[]): void => {
      for (const work of works) this.loop.post(host.finishUs * US, () => hosted.finished.push(work));
    };
    const hosted: Hosted = {
      worker: new QueueWorker(queue, prefetch(spec, replicas), take),
      pool: new Pool(agenda, { spec, replicas, maxWaitMs, handOverMs, done: finish }),
      taken: [],
      finished: [],
    };
    return hosted;
  }

  private flush(): void {
    if (this.isDead) return;
    for (const hosted of this.hosted) {
      const { taken, finished } = hosted;
      [hosted.taken, hosted.finished] = [[], []];
      if (taken.length > 0) this.read(hosted, taken);
      if (finished.length > 0) this.write(hosted, finished);
    }
  }

  private read({ worker, pool }: Hosted, works: readonly Work[]): void {
    const { redis } = worker.queue;
    const kibOut = works.reduce((sum, { item }) => sum + item.kib, 0);
    redis.call(
      { cpuUs: works.length * redis.costs.getUs, kibOut },
      () => undefined,
      () => {
        if (!this.isDead) for (const work of works) pool.submit(work);
      },
    );
  }

  /** Results, a bell for each gateway; then the jobs end. */
  private write({ worker }: Hosted, works: readonly Work[]): void {
    const { queue } = worker;
    const { setUs, unlinkUs, publishUs, listenerUs } = queue.redis.costs;
    const bells = new Map<number, Work[]>();
    for (const work of works) {
      const known = bells.get(work.item.gateway);
      if (known) known.push(work);
      else bells.set(work.item.gateway, [work]);
    }
    const cpuUs = works.length * (setUs + unlinkUs) + bells.size * (publishUs + listenerUs);
    const ring = (): void => {
      for (const [gateway, theirs] of bells) queue.redis.push(() => this.ring(gateway, queue, theirs));
    };
    queue.redis.call({ cpuUs, kibIn: works.length * this.scenario.resultKib }, ring, () => {
      if (!this.isDead) worker.finish(works);
    });
  }
}
