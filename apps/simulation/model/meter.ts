import type { Cluster } from './cluster.js';
import type { Item } from './item.js';
import type { Pool } from './pool.js';
import type { Loss, Result, Utilisation } from './result.js';

interface Snapshot {
  readonly time: number;
  readonly redis: readonly number[];
  readonly links: readonly number[];
  readonly gateways: readonly number[];
  readonly hosts: readonly number[];
  readonly stages: readonly StageTotals[];
}

interface StageTotals {
  readonly replicas: number;
  readonly busyMs: number;
  readonly batches: number;
  readonly items: number;
}

const US_PER_MS = 1_000;
const MS_PER_S = 1_000;
const MEDIAN = 0.5;
const TAIL = 0.99;

/** Counts answers, and what everybody has worked meanwhile. */
export class Meter {
  answered = 0;
  private open = 0;
  /** Requests without an answer, summed over time. */
  private openMs = 0;
  private changedAt = 0;
  private readonly latencies: number[] = [];
  private readonly lost: number[] = [];
  private start?: Snapshot;

  constructor(private readonly cluster: Cluster) {}

  sent(item: Item): Item {
    this.count(1);
    return item;
  }

  took(item: Item): void {
    this.count(-1);
    this.answered += 1;
    if (!this.start) return;
    const latency = this.now - item.sentAt;
    this.latencies.push(latency);
    if (item.wasLost) this.lost.push(latency);
  }

  begin(): void {
    this.start = this.snapshot();
    this.openMs = 0;
    this.changedAt = this.now;
  }

  end(): Result {
    this.count(0);
    const end = this.snapshot();
    const start = this.start ?? end;
    const ms = end.time - start.time;
    const sorted = Float64Array.from(this.latencies).sort();
    const busiest = busiestStage(start, end, ms);
    const perAnswer = (key: 'redis' | 'gateways' | 'hosts'): number =>
      ((sum(end[key]) - sum(start[key])) * US_PER_MS) / sorted.length;
    return {
      answers: sorted.length,
      throughput: (sorted.length / ms) * MS_PER_S,
      p50: quantile(sorted, MEDIAN),
      p99: quantile(sorted, TAIL),
      longest: sorted.at(-1) ?? NaN,
      mean: sum(this.latencies) / sorted.length,
      batch: busiest.batch,
      utilisation: { ...this.utilisation(start, end, ms), replica: busiest.share },
      redisUs: perAnswer('redis'),
      gatewayUs: perAnswer('gateways'),
      hostUs: perAnswer('hosts'),
      open: this.openMs / ms,
      loss: this.loss(),
    };
  }

  private get now(): number {
    return this.cluster.agenda.now;
  }

  private count(change: number): void {
    this.openMs += this.open * (this.now - this.changedAt);
    this.changedAt = this.now;
    this.open += change;
  }

  private loss(): Loss {
    const sorted = Float64Array.from(this.lost).sort();
    return {
      held: sorted.length,
      requeued: this.cluster.requeued,
      p50: quantile(sorted, MEDIAN),
      longest: sorted.at(-1) ?? NaN,
    };
  }

  private utilisation(start: Snapshot, end: Snapshot, ms: number): Omit<Utilisation, 'replica'> {
    const busiest = (key: 'redis' | 'links' | 'gateways' | 'hosts'): number =>
      end[key].reduce((most, busyMs, index) => Math.max(most, (busyMs - (start[key][index] ?? 0)) / ms), 0);
    return { redis: busiest('redis'), network: busiest('links'), gateway: busiest('gateways'), host: busiest('hosts') };
  }

  private snapshot(): Snapshot {
    const { agenda, redis, gateways, hosts, scenario } = this.cluster;
    const pools: Pool[][] = scenario.stages.map(() => []);
    for (const gateway of gateways) for (const [stage, pool] of gateway.pools) pools[stage]?.push(pool);
    for (const host of hosts) {
      for (const [index, { queue }] of host.workers.entries()) pools[queue.stage]?.push(host.pools[index] as Pool);
    }
    return {
      time: agenda.now,
      redis: redis.map(({ cpu }) => cpu.busyMs),
      links: redis.flatMap(({ incoming, outgoing }) => [incoming.busyMs, outgoing.busyMs]),
      gateways: gateways.map(({ loop }) => loop.busyMs),
      hosts: hosts.map(({ loop }) => loop.busyMs),
      stages: pools.map((all) => totals(all, scenario.replicas)),
    };
  }
}

function totals(pools: readonly Pool[], replicas: number): StageTotals {
  return {
    replicas: pools.length * replicas,
    busyMs: sum(pools.map(({ busyMs }) => busyMs)),
    batches: sum(pools.map(({ batches }) => batches)),
    items: sum(pools.map(({ items }) => items)),
  };
}

function busiestStage(start: Snapshot, end: Snapshot, ms: number): { share: number; batch: number } {
  const stages = end.stages.map((stage, index) => {
    const before = start.stages[index] ?? stage;
    return {
      share: (stage.busyMs - before.busyMs) / (ms * stage.replicas),
      batch: (stage.items - before.items) / (stage.batches - before.batches),
    };
  });
  return stages.reduce((most, stage) => (stage.share > most.share ? stage : most), { share: 0, batch: NaN });
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

function quantile(sorted: Float64Array, share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
}
