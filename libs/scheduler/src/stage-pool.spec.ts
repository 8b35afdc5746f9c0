import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { itemsOf, PoolBench, RecordingItem } from './stage-pool.fixture.js';
import { SOLE_FLOW } from './flow.js';

beforeEach(() => {
  vi.useFakeTimers({ now: 1000 });
});
afterEach(() => {
  vi.useRealTimers();
});

const answersOf = (items: readonly RecordingItem[]) => items.map(({ answer }) => answer);

describe('when items are submitted', () => {
  it('should send those of one turn together, as many as a batch holds', () => {
    const bench = new PoolBench();
    const replica = bench.attach();
    const items = itemsOf('a', 'b', 'c', 'd', 'e');
    for (const item of items) bench.pool.submit(item);
    expect(replica.batches).toEqual([]);
    bench.turn();
    expect(replica.batches).toEqual(['a,b,c,d']);
    expect(bench.pool.status).toEqual({ ready: 1, waiting: 1, running: 4 });
  });

  it('should spread batches over the idle replicas', () => {
    const bench = new PoolBench({ maxBatchSize: 1 });
    const replicas = [bench.attach(), bench.attach()];
    bench.submit(...itemsOf('a', 'b', 'c'));
    expect(replicas.map(({ batches }) => batches)).toEqual([['a'], ['b']]);
    replicas[1]!.finish();
    bench.turn();
    expect(replicas[1]!.batches).toEqual(['b', 'c']);
  });

  it('should keep them until a replica is ready', () => {
    const bench = new PoolBench();
    bench.submit(...itemsOf('a'));
    expect(bench.pool.status).toEqual({ ready: 0, waiting: 1, running: 0 });
    const replica = bench.attach();
    bench.turn();
    expect(replica.batches).toEqual(['a']);
  });

  it('should hold a partial batch as long as its policy says, and not when draining', () => {
    const bench = new PoolBench({ maxWaitMs: 10, waitPolicy: 'fixed' });
    const replica = bench.attach();
    bench.submit(...itemsOf('a'));
    vi.advanceTimersByTime(9);
    expect(replica.batches).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(replica.batches).toEqual(['a']);
    replica.finish();
    bench.submit(...itemsOf('b'));
    bench.pool.drain();
    bench.turn();
    expect(replica.batches).toEqual(['a', 'b']);
  });

  it('should tell the observer what was sent, why, and how long it took', () => {
    const bench = new PoolBench({ maxWaitMs: 10, waitPolicy: 'fixed' });
    const replica = bench.attach();
    bench.submit(...itemsOf('a', 'b'));
    vi.advanceTimersByTime(10);
    const items = [expect.objectContaining({ name: 'a' }), expect.objectContaining({ name: 'b' })];
    const [sent] = bench.observer.batchSent.mock.calls;
    expect(sent).toEqual([{ workerId: 1, items, sentAt: Date.now(), heldMs: 10, reason: 'hold' }]);
    vi.advanceTimersByTime(7);
    replica.finish();
    expect(bench.observer.batchDone.mock.calls).toEqual([[1, 7, 0, 2]]);
  });
});

describe('when a replica answers', () => {
  it('should settle each item with its own outcome', () => {
    const bench = new PoolBench();
    const replica = bench.attach();
    const items = itemsOf('a', 'b');
    bench.submit(...items);
    const { id } = replica.last;
    replica.report.settled(id, 1, false, Buffer.from('broken'));
    replica.report.settled(id, 0, true, Buffer.from('A'));
    expect(answersOf(items)).toEqual(['value A', 'SERVER']);
    expect(items[1]!.outcomes[0]!.error!.message).toBe('broken');
    expect(bench.pool.status.running).toBe(0);
  });

  it('should answer 500 to what it finishes without an answer', () => {
    const bench = new PoolBench();
    const replica = bench.attach();
    const items = itemsOf('a', 'b', 'c');
    bench.submit(...items);
    replica.begin([0, 1]);
    replica.report.settled(replica.last.id, 1, true, Buffer.from('B'));
    replica.report.finished(replica.last.id);
    expect(answersOf(items)).toEqual(['INTERNAL', 'value B', 'INTERNAL']);
    expect(bench.pool.status.running).toBe(0);
  });

  it('should ignore results that come twice, late, or for what it never had', () => {
    const bench = new PoolBench();
    const replica = bench.attach();
    const items = itemsOf('a');
    bench.submit(...items);
    const { id } = replica.last;
    replica.finish();
    for (const [batch, index] of [
      [id, 0],
      [id + 1, 0],
      [0, 0],
      [id, 9],
    ] as const) {
      replica.report.begun(batch, undefined);
      replica.report.settled(batch, index, true, Buffer.from('again'));
      replica.report.finished(batch);
    }
    expect(answersOf(items)).toEqual(['value A']);
    expect(bench.pool.status).toEqual({ ready: 1, waiting: 0, running: 0 });
    expect(bench.observer.batchDone).toHaveBeenCalledTimes(1);
  });

  it('should keep an item with its replica where its error cannot be read', () => {
    const bench = new PoolBench({
      decodeError: () => {
        throw new SyntaxError('no JSON');
      },
    });
    const replica = bench.attach();
    const [item] = itemsOf('a') as [RecordingItem];
    bench.submit(item);
    expect(() => replica.report.settled(replica.last.id, 0, false, Buffer.alloc(0))).toThrow('no JSON');
    replica.die();
    const other = bench.attach();
    bench.turn();
    other.finish();
    expect(item.answer).toBe('value A');
  });
});

describe('when a replica still computes', () => {
  it('should get no further batch as long as nobody knows how fast it is', () => {
    const bench = new PoolBench();
    const replica = bench.attach();
    bench.submit(...itemsOf('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'));
    expect(replica.batches).toEqual(['a,b,c,d']);
  });

  it('should get a full batch ahead where batches are short, and never a partial one', () => {
    const bench = new PoolBench();
    const replica = bench.attachQuick();
    bench.submit(...itemsOf('a', 'b', 'c', 'd', 'e', 'f', 'g'));
    expect(replica.batches).toEqual(['a,b,c,d']);
    bench.submit(...itemsOf('h'));
    expect(replica.batches).toEqual(['a,b,c,d', 'e,f,g,h']);
    bench.submit(...itemsOf('i', 'j', 'k', 'l'));
    expect(replica.batches).toHaveLength(2);
  });

  it('should get nothing ahead while another replica is idle', () => {
    const bench = new PoolBench();
    const quick = bench.attachQuick();
    const idle = bench.attach();
    bench.submit(...itemsOf('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'));
    expect([quick.batches, idle.batches]).toEqual([['a,b,c,d'], ['e,f,g,h']]);
  });

  it('should be given back its credit by its own answer alone, not because nobody waits', () => {
    const bench = new PoolBench({ maxBatchSize: 1 });
    const replica = bench.attach();
    const [first, second] = itemsOf('a', 'b') as [RecordingItem, RecordingItem];
    bench.submit(first, second);
    bench.pool.drop(first);
    bench.turn();
    expect(replica.batches).toEqual(['a']);
    replica.report.finished(replica.last.id);
    bench.turn();
    expect(replica.batches).toEqual(['a', 'b']);
  });
});

describe('when an item is dropped', () => {
  it('should leave the queue', () => {
    const bench = new PoolBench();
    const items = itemsOf('a', 'b', 'c');
    bench.submit(...items);
    bench.pool.drop(items[1]!);
    const replica = bench.attach();
    bench.turn();
    expect(replica.batches).toEqual(['a,c']);
    expect(replica.cancelled).toEqual([]);
  });

  it('should be cancelled in its replica, at its place in the batch, and not be settled', () => {
    const bench = new PoolBench();
    const replica = bench.attach();
    const items = itemsOf('a', 'b', 'c');
    bench.submit(...items);
    bench.pool.drop(items[0]!);
    bench.pool.drop(items[2]!);
    expect(replica.cancelled).toEqual([`${replica.last.id}: 0`, `${replica.last.id}: 2`]);
    expect(bench.pool.status.running).toBe(1);
    replica.finish();
    expect(answersOf(items)).toEqual([undefined, 'value B', undefined]);
    expect(bench.pool.status.running).toBe(0);
  });

  it('should be cancelled in the right one of several replicas', () => {
    const bench = new PoolBench({ maxBatchSize: 1 });
    const replicas = [bench.attach(), bench.attach()];
    const items = itemsOf('a', 'b');
    bench.submit(...items);
    bench.pool.drop(items[1]!);
    expect(replicas.map(({ cancelled }) => cancelled)).toEqual([[], ['1: 0']]);
  });

  it('should be without effect once it is settled', () => {
    const bench = new PoolBench();
    const replica = bench.attach();
    const [item] = itemsOf('a') as [RecordingItem];
    bench.submit(item);
    replica.finish();
    bench.pool.drop(item);
    expect(replica.cancelled).toEqual([]);
    expect(bench.pool.status).toEqual({ ready: 1, waiting: 0, running: 0 });
  });

  it('should not run again when its replica dies', () => {
    const bench = new PoolBench();
    const replica = bench.attach();
    const items = itemsOf('a', 'b');
    bench.submit(...items);
    replica.begin();
    bench.pool.drop(items[0]!);
    replica.die();
    const other = bench.attach();
    bench.turn();
    expect(other.batches).toEqual(['b']);
  });
});

describe('when a deadline passes in the queue', () => {
  it('should answer 408 instead of giving it to a replica', () => {
    const bench = new PoolBench();
    const item = new RecordingItem('a', 1500);
    bench.submit(item, ...itemsOf('b'));
    vi.setSystemTime(1500);
    const replica = bench.attach();
    bench.turn();
    expect(item.answer).toBe('TIMEOUT');
    expect(replica.batches).toEqual(['b']);
  });
});

describe('when the wait of a new item is asked for', () => {
  const predictions = (bench: PoolBench) => [
    bench.pool.predictedWaitMs(Date.now(), SOLE_FLOW),
    bench.pool.predictedServiceMs(Date.now()),
  ];

  /** A pool of one replica whose batches of one take 10 ms. */
  function practised(): { bench: PoolBench; replica: ReturnType<PoolBench['attach']> } {
    const bench = new PoolBench({ maxBatchSize: 1 });
    const replica = bench.attach();
    for (let i = 0; i < 4; i++) {
      bench.submit(...itemsOf('a'));
      vi.advanceTimersByTime(10);
      replica.finish();
    }
    return { bench, replica };
  }

  it('should be none while a replica is idle or none is there', () => {
    const { bench, replica } = practised();
    expect(predictions(bench)).toEqual([0, 0]);
    replica.die();
    bench.submit(...itemsOf('a', 'b'));
    expect(predictions(bench)).toEqual([0, 0]);
  });

  it('should be the time of the batches ahead, and its own after it', () => {
    const { bench } = practised();
    bench.submit(...itemsOf('running', 'ahead', 'waiting'));
    expect(predictions(bench)).toEqual([30, 10]);
  });
});

describe('when several routes meet in a pool', () => {
  const [flood, trickle] = [Symbol('flood'), Symbol('trickle')];
  const many = (count: number, flow: symbol): RecordingItem[] =>
    Array.from({ length: count }, (_, index) => new RecordingItem(`${flow.description}${index}`, Infinity, flow));

  it('should mix them in one batch, and keep none waiting behind the queue of another', () => {
    const bench = new PoolBench();
    bench.submit(...many(8, flood), ...many(2, trickle));
    const replica = bench.attach();
    bench.turn();
    expect(replica.batches).toEqual(['flood0,trickle0,flood1,trickle1']);
    replica.finish();
    bench.turn();
    expect(replica.last.names.join()).toBe('flood2,flood3,flood4,flood5');
  });

  it('should predict the wait of each in its turn, and count its share alone', () => {
    const bench = new PoolBench({ maxBatchSize: 1 });
    const replica = bench.attach();
    for (let batch = 0; batch < 4; batch++) {
      bench.submit(...many(1, flood));
      vi.advanceTimersByTime(10);
      replica.finish();
    }
    bench.submit(...many(10, flood), ...many(2, trickle));
    vi.setSystemTime(Date.now() + 100);
    const { pool } = bench;
    expect([flood, trickle].map((flow) => pool.waitingShare(flow))).toEqual([pool.waiting, 2]);
    const [flooding = 0, trickling = 0] = [flood, trickle].map((flow) => pool.predictedWaitMs(Date.now(), flow));
    // One of each is with the replica; 9 and 1 wait.
    expect(flooding).toBeGreaterThanOrEqual(120);
    expect(trickling).toBe(50);
  });
});

describe('when an item wants to know its times', () => {
  it('should write down its wait, the time of its batch, and how large that was', () => {
    const bench = new PoolBench({ maxWaitMs: 10, waitPolicy: 'fixed' });
    const replica = bench.attach();
    const [curious, other] = itemsOf('a', 'b') as [RecordingItem, RecordingItem];
    curious.timings = [];
    bench.submit(curious, other);
    vi.advanceTimersByTime(10);
    vi.advanceTimersByTime(25);
    replica.finish();
    expect(curious.timings).toEqual([{ stage: 'Echo', queueMs: 10, computeMs: 25, batchSize: 2 }]);
    expect(other.timings).toBeUndefined();
  });
});

describe('when batches are foreseen', () => {
  it('should tell the observer what had been expected of each', () => {
    const bench = new PoolBench({ maxWaitMs: 0 });
    const replica = bench.attach();
    for (const ms of [20, 10]) {
      bench.submit(...itemsOf('a'));
      bench.turn();
      vi.advanceTimersByTime(ms);
      replica.finish();
    }
    expect(bench.observer.batchDone.mock.calls).toEqual([
      [1, 20, 0, 1],
      [1, 10, 20, 1],
    ]);
  });
});
