import type { Agenda } from './agenda.js';
import { Gateway } from './gateway.js';
import { Host, type Ring } from './host.js';
import { JobQueue } from './job-queue.js';
import { Random } from './random.js';
import { Redis } from './redis.js';
import type { Scenario } from './scenario.js';
import { Work } from './work.js';

const HEARTBEAT_MS = 1_000;
/** Of the time after which a silent host is given up, its locks last so long; they are renewed at half of that. */
const LOCK_SHARE = 2 / 3;
const RENEW_SHARE = 1 / 2;

interface Cell {
  readonly queues: ReadonlyMap<number, JobQueue>;
  readonly gateways: Gateway[];
}

/** All processes and servers of a scenario, wired. */
export class Cluster {
  readonly redis: readonly Redis[];
  readonly gateways: readonly Gateway[];
  readonly hosts: readonly Host[];
  /** Items that were found with lost hosts. */
  requeued = 0;
  private readonly cells: readonly Cell[];
  private readonly random: Random;

  constructor(
    readonly agenda: Agenda,
    readonly scenario: Scenario,
  ) {
    const { shards, shardBy, gateways, hosts, parameters, rttMs, seed } = scenario;
    this.random = new Random(seed + 1);
    this.redis = listOf(shards, () => new Redis(agenda, parameters.redis, parameters, rttMs / 2));
    this.cells = listOf(shardBy === 'cell' ? shards : 1, (cell) => ({ queues: this.queuesOf(cell), gateways: [] }));
    this.gateways = listOf(gateways, (index) => {
      const cell = this.cellOf(index);
      const gateway = new Gateway(agenda, scenario, cell.queues);
      cell.gateways.push(gateway);
      return gateway;
    });
    const ring: Ring = (gateway, queue, works) => this.gateways[gateway]?.ring(queue, works);
    this.hosts = listOf(hosts, (index) => new Host(agenda, scenario, [...this.cellOf(index).queues.values()], ring));
    for (const [index, host] of this.hosts.entries()) this.begin(host, this.cellOf(index));
    for (const { queues } of this.cells) for (const queue of queues.values()) this.keepAlive(queue);
  }

  /** @param index of the host that is cut off now */
  lose(index: number): void {
    const host = this.hosts[index];
    if (!host || host.isDead) return;
    host.die();
    const { stalledMs } = this.scenario;
    const lockMs = stalledMs * LOCK_SHARE;
    const checkMs = stalledMs - lockMs;
    // The locks were renewed at some time before; who looks for stalled jobs does so at any time after they expire.
    const unseenMs = lockMs * (1 - RENEW_SHARE * this.random.next()) + checkMs * this.random.next();
    for (const { active } of host.workers) for (const { item } of active) item.wasLost = true;
    this.agenda.after(unseenMs, () => {
      for (const worker of host.workers) {
        this.requeued += worker.queue.requeue(worker, ({ item, stage }) => new Work(item, stage, true));
      }
    });
  }

  private cellOf(index: number): Cell {
    return this.cells[index % this.cells.length] as Cell;
  }

  private queuesOf(cell: number): Map<number, JobQueue> {
    const { stages, shards, shardBy } = this.scenario;
    const queues = new Map<number, JobQueue>();
    for (const [index, { isLocal }] of stages.entries()) {
      const place = shardBy === 'cell' ? cell : queues.size % shards;
      if (!isLocal) queues.set(index, new JobQueue(this.redis[place] as Redis, index));
    }
    return queues;
  }

  private begin(host: Host, { gateways }: Cell): void {
    const servers = new Set(host.workers.map(({ queue }) => queue.redis));
    const beat = (): void => {
      if (host.isDead) return;
      for (const redis of servers) {
        redis.toil(redis.costs.callUs + redis.costs.publishUs + gateways.length * redis.costs.listenerUs);
      }
      for (const gateway of gateways) gateway.heartbeat();
      this.agenda.after(HEARTBEAT_MS, beat);
    };
    this.agenda.after(this.random.next() * HEARTBEAT_MS, beat);
    host.start();
  }

  /** Locks of active jobs are renewed, and looked at. */
  private keepAlive(queue: JobQueue): void {
    const { renewUs, stalledCheckUs } = queue.redis.costs;
    const lockMs = this.scenario.stalledMs * LOCK_SHARE;
    this.every(lockMs * RENEW_SHARE, () => queue.redis.toil(queue.active * renewUs));
    this.every(this.scenario.stalledMs - lockMs, () => queue.redis.toil(queue.active * stalledCheckUs));
  }

  private every(periodMs: number, run: () => void): void {
    this.agenda.after(periodMs, () => {
      run();
      this.every(periodMs, run);
    });
  }
}

function listOf<T>(length: number, make: (index: number) => T): T[] {
  return Array.from({ length }, (_, index) => make(index));
}
