import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { itemsOf, PoolBench } from './stage-pool.fixture.js';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('when a pool is paused', () => {
  it('should keep what comes, let what runs go on, and give the rest once it is resumed', () => {
    const bench = new PoolBench({ maxBatchSize: 1 });
    const replica = bench.attach();
    const [running, waiting] = itemsOf('running', 'waiting');
    bench.submit(running!);
    bench.pool.isPaused = true;
    bench.submit(waiting!);
    replica.finish();
    bench.turn();
    expect([running!.answer, replica.batches]).toEqual(['value RUNNING', ['running']]);
    expect(bench.pool.status.waiting).toBe(1);
    bench.pool.isPaused = false;
    bench.turn();
    expect(replica.batches).toEqual(['running', 'waiting']);
  });

  it('should send nothing ahead, and no item again whose replica died', () => {
    const bench = new PoolBench({ maxBatchSize: 1 });
    const [dies, stays] = [bench.attach(), bench.attach()];
    bench.submit(...itemsOf('crashed'));
    const holder = [dies, stays].find(({ sent }) => sent.length > 0)!;
    holder.begin();
    bench.pool.isPaused = true;
    holder.die();
    bench.submit(...itemsOf('full'));
    expect(bench.pool.status.waiting).toBe(2);
    expect([dies, stays].filter((replica) => replica !== holder)[0]!.batches).toEqual([]);
  });

  it('should drop an item that nobody waits for any more', () => {
    const bench = new PoolBench();
    bench.attach();
    bench.pool.isPaused = true;
    const [item] = itemsOf('expired');
    bench.submit(item!);
    bench.pool.drop(item!);
    expect(bench.pool.status.waiting).toBe(0);
  });

  it('should go on when it is drained, as what is inside is owed an answer', () => {
    const bench = new PoolBench();
    const replica = bench.attach();
    bench.pool.isPaused = true;
    bench.submit(...itemsOf('queued'));
    bench.pool.drain();
    bench.turn();
    expect([bench.pool.isPaused, replica.batches]).toEqual([false, ['queued']]);
  });
});

describe('when a pool is looked at', () => {
  it('should tell how long the first of the queue has waited, and the sizes and times of batches', () => {
    const bench = new PoolBench({ maxBatchSize: 2 });
    const replica = bench.attach();
    bench.submit(...itemsOf('a', 'b'));
    vi.advanceTimersByTime(30);
    replica.finish();
    bench.pool.isPaused = true;
    bench.submit(...itemsOf('c'));
    vi.advanceTimersByTime(50);
    expect(bench.pool.snapshot(Date.now())).toEqual({
      isPaused: true,
      ready: 1,
      idle: 1,
      oldestWaitMs: 50,
      recent: { count: 1, meanSize: 2, meanMs: 30 },
    });
    expect(bench.pool.snapshot(Date.now() + 10_001).recent).toEqual({ count: 0, meanSize: 0, meanMs: 0 });
  });
});
