import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { itemsOf, PoolBench, RecordingItem } from './stage-pool.fixture.js';

beforeEach(() => {
  vi.useFakeTimers({ now: 1000 });
});
afterEach(() => {
  vi.useRealTimers();
});

/** A pool whose only replica died while it ran `names`; nobody is there to run them again yet. */
function crashed(names: readonly string[], deadlines: readonly number[] = []) {
  const bench = new PoolBench();
  const replica = bench.attach();
  const items = names.map((name, i) => new RecordingItem(name, deadlines[i]));
  bench.submit(...items);
  replica.begin();
  replica.die();
  return { bench, items };
}

/** Runs whatever the pool sends to `replica` until nothing comes. */
function runAll(bench: PoolBench, replica: ReturnType<PoolBench['attach']>): void {
  bench.turn();
  for (let done = 0; replica.sent.length > done; done += 1) {
    replica.begin();
    replica.finish();
    bench.turn();
  }
}

describe('when a replica dies within forward', () => {
  it('should keep what it answered', () => {
    const bench = new PoolBench();
    const replica = bench.attach();
    const items = itemsOf('a', 'b');
    bench.submit(...items);
    replica.begin();
    replica.report.settled(replica.last.id, 0, true, Buffer.from('A'));
    replica.die();
    const other = bench.attach();
    bench.turn();
    expect(other.batches).toEqual(['b']);
    expect(items[0]!.answer).toBe('value A');
  });

  it('should run what it had begun once more, each alone', () => {
    const { bench, items } = crashed(['a', 'b', 'c']);
    expect(bench.pool.status).toEqual({ ready: 0, waiting: 3, running: 0 });
    expect(bench.observer.retried.mock.calls).toEqual([[3]]);
    const other = bench.attach();
    runAll(bench, other);
    expect(other.batches).toEqual(['a', 'b', 'c']);
    expect(items.map(({ answer }) => answer)).toEqual(['value A', 'value B', 'value C']);
  });

  it('should begin with the earliest deadline', () => {
    const { bench } = crashed(['a', 'b', 'c', 'd'], [Infinity, 9000, 5000, 9000]);
    const other = bench.attach();
    runAll(bench, other);
    expect(other.batches).toEqual(['c', 'b', 'd', 'a']);
  });

  it('should use all ready replicas for that', () => {
    const { bench } = crashed(['a', 'b', 'c']);
    const replicas = [bench.attach(), bench.attach()];
    bench.turn();
    expect(replicas.map(({ batches }) => batches)).toEqual([['a'], ['b']]);
  });

  it('should alternate with normal batches', () => {
    const { bench } = crashed(['a', 'b', 'c']);
    bench.submit(...itemsOf('1', '2', '3', '4', '5'));
    const other = bench.attach();
    runAll(bench, other);
    expect(other.batches).toEqual(['a', '1,2,3,4', 'b', '5', 'c']);
  });

  it('should leave the others in peace when the bad one kills again: 500 for it alone', () => {
    const { bench, items } = crashed(['good', 'bad', 'fine']);
    let replica = bench.attach();
    bench.turn();
    for (let run = 0; run < 3; run += 1) {
      replica.begin();
      if (replica.last.names[0] === 'bad') {
        replica.die();
        replica = bench.attach();
      } else replica.finish();
      bench.turn();
    }
    expect(items.map(({ answer }) => answer)).toEqual(['value GOOD', 'WORKER_CRASHED', 'value FINE']);
    expect(items[1]!.outcomes[0]!.error).toMatchObject({ statusCode: 500, message: 'inference internal error' });
    expect(bench.pool.status).toEqual({ ready: 1, waiting: 0, running: 0 });
  });

  it('should not run it again where the stage forbids that: 503', () => {
    const bench = new PoolBench({ retryOnCrash: false });
    const replica = bench.attach();
    const items = itemsOf('a', 'b', 'c');
    bench.submit(...items);
    replica.begin([0, 2]);
    replica.die();
    expect(items.map(({ answer }) => answer)).toEqual(['WORKER_LOST', undefined, 'WORKER_LOST']);
    expect(items[0]!.outcomes[0]!.error!.statusCode).toBe(503);
    const other = bench.attach();
    bench.turn();
    expect(other.batches).toEqual(['b']);
  });

  it('should let the answer of one drop any other, wherever it is by then', () => {
    const bench = new PoolBench({ retryOnCrash: false, maxBatchSize: 2 });
    const replica = bench.attachQuick();
    const [crashing, unbegun] = [itemsOf('a', 'b'), itemsOf('c', 'd')];
    bench.submit(...crashing, ...unbegun);
    expect(replica.batches).toEqual(['a,b', 'c,d']);
    crashing[0]!.settle = () => bench.pool.drop(unbegun[0]!);
    replica.report.begun(replica.sent[0]!.id, undefined);
    replica.die();
    const other = bench.attach();
    bench.turn();
    expect(other.batches).toEqual(['d']);
    expect(bench.pool.status).toEqual({ ready: 1, waiting: 0, running: 1 });
  });

  it('should count deaths per stage: a retry spent before is not remembered at the next', () => {
    const { bench, items } = crashed(['a']);
    const other = bench.attach();
    runAll(bench, other);
    const next = new PoolBench();
    const replica = next.attach();
    const [item] = items as [RecordingItem];
    item.outcomes.length = 0;
    next.submit(item);
    replica.begin();
    replica.die();
    expect(item.answer).toBeUndefined();
    expect(next.pool.status.waiting).toBe(1);
  });

  it('should tell an item from the batch-mates that forward was not running with', () => {
    const bench = new PoolBench();
    const replica = bench.attach();
    bench.submit(...itemsOf('a', 'b', 'c'));
    replica.begin();
    replica.begin([1]);
    replica.die();
    const other = bench.attach();
    runAll(bench, other);
    expect(other.batches).toEqual(['b', 'a,c']);
  });
});

describe('when a replica dies with items that it had not begun', () => {
  it('should put them at the front in their order, without spending their retry', () => {
    const bench = new PoolBench();
    const replica = bench.attachQuick();
    const items = itemsOf('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h');
    bench.submit(...items);
    bench.submit(...itemsOf('later'));
    expect(replica.batches).toEqual(['a,b,c,d', 'e,f,g,h']);
    replica.die();
    for (let death = 0; death < 3; death += 1) {
      const other = bench.attach();
      bench.turn();
      expect(other.batches).toEqual(['a,b,c,d']);
      other.die();
    }
    const last = bench.attach();
    runAll(bench, last);
    expect(last.batches.join()).toBe('a,b,c,d,e,f,g,h,later');
    expect(items.map(({ deaths }) => deaths)).toEqual(items.map(() => 0));
  });

  it('should keep their arrival, and so the start of their wait', () => {
    const bench = new PoolBench();
    const replica = bench.attach();
    const [item] = itemsOf('a') as [RecordingItem];
    bench.submit(item);
    vi.advanceTimersByTime(500);
    replica.die();
    expect(item.arrivedAt).toBe(1000);
  });

  it('should keep a suspect alone whose re-run was not begun', () => {
    const { bench, items } = crashed(['a', 'b']);
    const second = bench.attach();
    bench.submit(...itemsOf('1', '2'));
    expect(second.batches).toEqual(['a']);
    second.die();
    const third = bench.attach();
    runAll(bench, third);
    expect([...third.batches].sort()).toEqual(['1,2', 'a', 'b']);
    expect(items.map(({ answer }) => answer)).toEqual(['value A', 'value B']);
  });
});

describe('when a suspect waits', () => {
  it('should be dropped like any other, waiting or running', () => {
    const { bench, items } = crashed(['a', 'b', 'c']);
    bench.pool.drop(items[1]!);
    const other = bench.attach();
    bench.turn();
    bench.pool.drop(items[0]!);
    expect(other.cancelled).toEqual(['1: 0']);
    other.report.finished(1);
    bench.turn();
    expect(other.batches).toEqual(['a', 'c']);
  });

  it('should get its turn although the replicas are saturated with full batches', () => {
    const bench = new PoolBench();
    const replica = bench.attachQuick();
    const dying = bench.attach();
    bench.submit(...itemsOf('a', 'b', 'c', 'd', 'victim'));
    expect(dying.batches).toEqual(['victim']);
    dying.begin();
    bench.submit(...itemsOf('1', '2', '3', '4'));
    dying.die();
    for (let round = 0; round < 4; round += 1) {
      bench.submit(...itemsOf('5', '6', '7', '8'));
      vi.advanceTimersByTime(1);
      const { id, names } = replica.sent.shift()!;
      names.forEach((name, index) => replica.report.settled(id, index, true, Buffer.from(name)));
      replica.report.finished(id);
      bench.turn();
      if (replica.batches.includes('victim')) break;
    }
    expect(replica.batches).toEqual(['victim']);
  });

  it('should run alone: nothing is sent ahead behind it', () => {
    const { bench } = crashed(['a']);
    const quick = bench.attach();
    bench.turn();
    vi.advanceTimersByTime(1);
    quick.finish();
    bench.turn();
    const dying = bench.attach();
    bench.submit(...itemsOf('1', '2', '3', '4', 'b'));
    dying.begin();
    dying.die();
    quick.finish();
    bench.turn();
    expect(quick.batches).toEqual(['a', '1,2,3,4', 'b']);
    bench.submit(...itemsOf('5', '6', '7', '8'));
    expect(quick.batches).toHaveLength(3);
  });
});

describe('when forward takes too long', () => {
  it('should answer 408, cancel, and kill a replica that does not return, running nothing twice', () => {
    const bench = new PoolBench({ timeoutMs: 200 });
    const replica = bench.attach();
    const items = itemsOf('a', 'b');
    bench.submit(...items);
    replica.begin();
    vi.advanceTimersByTime(199);
    expect(items[0]!.answer).toBeUndefined();
    vi.advanceTimersByTime(1);
    expect(items.map(({ answer }) => answer)).toEqual(['TIMEOUT', 'TIMEOUT']);
    expect(replica.cancelled).toEqual(['1: 0', '1: 1']);
    vi.advanceTimersByTime(999);
    expect(replica.kill).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(replica.kill).toHaveBeenCalledTimes(1);
    replica.die();
    expect(bench.pool.status).toEqual({ ready: 0, waiting: 0, running: 0 });
  });

  it('should kill a replica whose running items nobody waits for any more', () => {
    const bench = new PoolBench();
    const replica = bench.attach();
    const items = itemsOf('a', 'b');
    bench.submit(...items);
    replica.begin();
    for (const item of items) bench.pool.drop(item);
    vi.advanceTimersByTime(9999);
    expect(replica.kill).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(replica.kill).toHaveBeenCalledTimes(1);
  });

  it('should kill one that does not even begin what nobody waits for: it may have been stopped', () => {
    const bench = new PoolBench();
    const replica = bench.attach();
    const items = itemsOf('a', 'b');
    bench.submit(...items);
    for (const item of items) bench.pool.drop(item);
    vi.advanceTimersByTime(9_999);
    expect(replica.kill).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(replica.kill).toHaveBeenCalledTimes(1);
  });

  it('should kill one that answers all items of a batch and never gives the batch back', () => {
    const bench = new PoolBench();
    const replica = bench.attach();
    bench.submit(...itemsOf('a'));
    replica.begin();
    replica.report.settled(1, 0, true, Buffer.from('A'));
    vi.advanceTimersByTime(10_000);
    expect(replica.kill).toHaveBeenCalledTimes(1);
  });

  it('should give a batch sent ahead its own time, from the moment its turn comes', () => {
    const bench = new PoolBench({ maxBatchSize: 1 });
    const replica = bench.attachQuick();
    const [first, ahead] = itemsOf('first', 'ahead');
    bench.submit(first!, ahead!);
    const [one, two] = replica.sent.map(({ id }) => id);
    replica.report.begun(one!, undefined);
    bench.pool.drop(ahead!);
    vi.advanceTimersByTime(15_000);
    expect(replica.kill).not.toHaveBeenCalled();
    replica.report.settled(one!, 0, true, Buffer.from('A'));
    replica.report.finished(one!);
    vi.advanceTimersByTime(9_999);
    expect(replica.kill).not.toHaveBeenCalled();
    replica.report.finished(two!);
    vi.advanceTimersByTime(60_000);
    expect(replica.kill).not.toHaveBeenCalled();
  });
});

describe('when a replica begins what it was not given', () => {
  it('should be killed', () => {
    const replica = new PoolBench().attach();
    replica.report.begun(7, undefined);
    expect(replica.kill).toHaveBeenCalledTimes(1);
  });
});
