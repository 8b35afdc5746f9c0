import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { PoolBench, RecordingItem, type FakeReplica } from './stage-pool.fixture.js';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

type Step =
  | { do: 'submit'; count: number; limitMs: number | null }
  | { do: 'begin' | 'answer' | 'finish' | 'die' | 'stale'; pick: number }
  | { do: 'drop'; pick: number }
  | { do: 'attach' }
  | { do: 'wait'; ms: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    do: fc.constant('submit' as const),
    count: fc.integer({ min: 1, max: 6 }),
    limitMs: fc.option(fc.integer({ min: 1, max: 200 })),
  }),
  fc.record({ do: fc.constantFrom('begin' as const, 'answer' as const, 'finish' as const), pick: fc.nat() }),
  fc.record({
    do: fc.constantFrom('begin' as const, 'finish' as const, 'die' as const, 'stale' as const),
    pick: fc.nat(),
  }),
  fc.record({ do: fc.constant('drop' as const), pick: fc.nat() }),
  fc.record({ do: fc.constant('attach' as const) }),
  fc.record({ do: fc.constant('wait' as const), ms: fc.nat(40) }),
);

/** A pool under a random schedule; the replicas keep to the protocol, batches strictly in order. */
class Schedule {
  readonly items: RecordingItem[] = [];
  readonly dropped = new Set<RecordingItem>();
  /** How often each item was begun; the pool promises at most twice. */
  readonly begun = new Map<string, number>();
  private readonly alive: FakeReplica[] = [];
  private readonly dead: FakeReplica[] = [];

  constructor(private readonly bench: PoolBench) {}

  run(next: Step): void {
    if (next.do === 'submit') this.submit(next.count, next.limitMs);
    else if (next.do === 'attach') this.alive.push(this.bench.attach());
    else if (next.do === 'wait') vi.advanceTimersByTime(next.ms);
    else if (next.do === 'drop') this.drop(next.pick);
    else this.report(next.do, next.pick);
    this.bench.turn();
  }

  /** Lets a healthy replica serve whatever is left. */
  settleRest(): void {
    for (const replica of this.alive) this.finishAll(replica);
    const replica = this.bench.attach();
    this.alive.push(replica);
    this.bench.turn();
    for (const each of this.alive) this.finishAll(each);
  }

  private submit(count: number, limitMs: number | null): void {
    for (let i = 0; i < count; i += 1) {
      const item = new RecordingItem(`item ${this.items.length}`, limitMs === null ? Infinity : Date.now() + limitMs);
      this.items.push(item);
      this.bench.pool.submit(item);
    }
  }

  private drop(pick: number): void {
    const open = this.items.filter((item) => item.outcomes.length === 0 && !this.dropped.has(item));
    const item = open[pick % open.length];
    if (!item) return;
    this.dropped.add(item);
    this.bench.pool.drop(item);
  }

  private report(what: 'begin' | 'answer' | 'finish' | 'die' | 'stale', pick: number): void {
    if (what === 'stale') return this.stale(pick);
    const replica = this.alive[pick % this.alive.length];
    if (!replica) return;
    if (what === 'die') {
      this.alive.splice(this.alive.indexOf(replica), 1);
      this.dead.push(replica);
      return replica.die();
    }
    const batch = replica.sent[0];
    if (!batch) return;
    if (what === 'begin') this.begin(replica, batch);
    else if (what === 'answer') this.answer(replica, batch, pick % batch.names.length);
    else this.finish(replica);
  }

  private begin(replica: FakeReplica, batch: FakeReplica['last']): void {
    replica.report.begun(batch.id, undefined);
    if (this.entered.has(batch)) return;
    this.entered.add(batch);
    for (const name of batch.names) this.begun.set(name, (this.begun.get(name) ?? 0) + 1);
  }
  private readonly entered = new Set<FakeReplica['last']>();

  private answer(replica: FakeReplica, batch: FakeReplica['last'], index: number): void {
    replica.report.settled(batch.id, index, index % 3 !== 2, Buffer.from(batch.names[index]!));
  }

  private finish(replica: FakeReplica): void {
    const batch = replica.sent.shift()!;
    batch.names.forEach((_name, index) => this.answer(replica, batch, index));
    replica.report.finished(batch.id);
  }

  private finishAll(replica: FakeReplica): void {
    while (replica.sent.length > 0) {
      this.begin(replica, replica.sent[0]!);
      this.finish(replica);
      this.bench.turn();
    }
  }

  /** A replica that is gone, or was done, says something nevertheless. */
  private stale(pick: number): void {
    const replica = this.dead[pick % this.dead.length];
    for (let batch = 0; batch < 4; batch += 1) {
      replica?.report.begun(batch, undefined);
      replica?.report.settled(batch, 0, true, Buffer.from('stale'));
      replica?.report.finished(batch);
    }
  }
}

describe('when submits, results, deaths and drops come in any order', () => {
  it('should settle every item exactly once unless it was dropped, with its own answer', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 80 }), fc.boolean(), fc.boolean(), (steps, retryOnCrash, hold) => {
        const bench = new PoolBench({ retryOnCrash, maxWaitMs: hold ? 5 : 0 });
        const schedule = new Schedule(bench);
        for (const next of steps) schedule.run(next);
        schedule.settleRest();
        vi.advanceTimersByTime(1000);
        schedule.settleRest();
        for (const item of schedule.items) {
          expect(item.outcomes).toHaveLength(schedule.dropped.has(item) ? 0 : 1);
          const { payload } = item.outcomes[0] ?? {};
          if (payload) expect(Buffer.from(payload).toString()).toBe(item.name);
          expect(schedule.begun.get(item.name) ?? 0).toBeLessThanOrEqual(retryOnCrash ? 2 : 1);
        }
        expect(bench.pool.status).toMatchObject({ waiting: 0, running: 0 });
      }),
      { numRuns: 300 },
    );
  });
});
