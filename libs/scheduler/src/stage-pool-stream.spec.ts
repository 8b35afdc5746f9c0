import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { EVENT_WINDOW_BYTES } from '#libs/contracts';
import { itemsOf, PoolBench, type RecordingItem, type FakeReplica } from './stage-pool.fixture.js';
import { SOLE_FLOW } from './flow.js';

beforeEach(() => {
  vi.useFakeTimers({ now: 0 });
});
afterEach(() => {
  vi.useRealTimers();
});

/** A pool whose replicas run so many streams at a time. */
const benchOf = (maxConcurrency: number) => new PoolBench({ maxBatchSize: 1, stream: { maxConcurrency } });

/** An item of the replica's batch `id` streams. */
const stream = (replica: FakeReplica, id: number, text = 'event'): void =>
  replica.report.streamed(id, 0, 1, Buffer.from(text));

const begin = (replica: FakeReplica, ...ids: number[]): void =>
  ids.forEach((id) => replica.report.begun(id, undefined));

describe('when a stage streams', () => {
  it('should hand events to their item until it is settled', () => {
    const bench = benchOf(1);
    const replica = bench.attach();
    const [a] = itemsOf('a');
    bench.submit(a!);
    begin(replica, 1);
    stream(replica, 1, 'x');
    stream(replica, 1, 'y');
    replica.finish();
    expect([a!.received, a!.answer]).toEqual([['x', 'y'], 'value A']);
  });

  it('should ignore events of an item that was dropped', () => {
    const bench = benchOf(1);
    const replica = bench.attach();
    const [a] = itemsOf('a');
    bench.submit(a!);
    bench.pool.drop(a!);
    stream(replica, 1);
    expect([a!.received, replica.kill.mock.calls]).toEqual([[], []]);
  });

  it.each([
    ['no such batch', 9, 0],
    ['no such place', 1, 7],
  ])('should not trust a replica that streams into %s', (_what, batch, index) => {
    const bench = benchOf(1);
    const replica = bench.attach();
    bench.submit(...itemsOf('a'));
    replica.report.streamed(batch, index, 1, Buffer.from('x'));
    expect(replica.kill).toHaveBeenCalled();
  });

  it('should not trust a replica that streams though its stage does not, or does not mind what is unread', () => {
    const plain = new PoolBench();
    const liar = plain.attach();
    plain.submit(...itemsOf('a'));
    stream(liar, 1);
    expect(liar.kill).toHaveBeenCalled();

    const bench = benchOf(1);
    const flooder = bench.attach();
    bench.submit(...itemsOf('a'));
    stream(flooder, 1, 'x'.repeat(EVENT_WINDOW_BYTES));
    expect(flooder.kill).not.toHaveBeenCalled();
    stream(flooder, 1);
    expect(flooder.kill).toHaveBeenCalled();
  });

  it('should grant what was read, at the place of the item', () => {
    const bench = new PoolBench({ maxBatchSize: 2, stream: { maxConcurrency: 1 } });
    const replica = bench.attach();
    const items = itemsOf('a', 'b');
    bench.submit(...items);
    replica.report.streamed(1, 1, 1, Buffer.alloc(EVENT_WINDOW_BYTES));
    bench.pool.consumed(items[1]!, 10);
    expect(replica.granted).toEqual([]);
    bench.pool.consumed(items[1]!, EVENT_WINDOW_BYTES - 10);
    expect(replica.granted).toEqual([`1/1: ${EVENT_WINDOW_BYTES}`]);
  });

  it('should send nothing ahead: nobody knows how long a stream takes', () => {
    const bench = benchOf(1);
    const replica = bench.attachQuick();
    bench.submit(...itemsOf('a', 'b'));
    expect(replica.batches).toEqual(['a']);
  });

  it('should not count the time of a stream against the deadline of the next one', () => {
    const bench = benchOf(1);
    const replica = bench.attach();
    for (const item of itemsOf('a', 'b', 'c', 'd', 'e')) {
      bench.submit(item);
      vi.advanceTimersByTime(1000);
      replica.finish();
    }
    expect(bench.pool.predictedWaitMs(Date.now(), SOLE_FLOW)).toBe(0);
    bench.submit(...itemsOf('f'));
    expect(bench.pool.predictedServiceMs(Date.now())).toBe(0);
    expect(bench.pool.predictedWaitMs(Date.now(), SOLE_FLOW)).toBe(1000);
  });
});

describe('when a replica runs several streams', () => {
  it('should let new ones join while others run, up to its number', () => {
    const bench = benchOf(3);
    const replica = bench.attach();
    for (const item of itemsOf('a', 'b', 'c', 'd')) bench.submit(item);
    expect(replica.batches).toEqual(['a', 'b', 'c']);
    begin(replica, 1, 2, 3);
    replica.report.settled(2, 0, true, Buffer.from(''));
    replica.report.finished(2);
    bench.turn();
    expect(replica.batches).toEqual(['a', 'b', 'c', 'd']);
  });

  it('should spread them over the replicas', () => {
    const bench = benchOf(2);
    const [one, two] = [bench.attach(), bench.attach()];
    bench.submit(...itemsOf('a', 'b', 'c', 'd', 'e'));
    expect([one.batches, two.batches]).toEqual([
      ['a', 'c'],
      ['b', 'd'],
    ]);
    expect(bench.pool.waiting).toBe(1);
  });

  it('should measure each by itself', () => {
    const bench = benchOf(2);
    const replica = bench.attach();
    bench.submit(...itemsOf('a'));
    vi.advanceTimersByTime(50);
    bench.submit(...itemsOf('b'));
    vi.advanceTimersByTime(50);
    for (const id of [1, 2]) replica.report.finished(id);
    expect(bench.observer.batchDone.mock.calls.map(([, ms]) => ms as number)).toEqual([100, 50]);
  });

  it('should predict the wait for a place by all places', () => {
    const bench = benchOf(4);
    const replica = bench.attach();
    bench.submit(...itemsOf('a', 'b', 'c', 'd'));
    vi.advanceTimersByTime(1000);
    for (const id of [1, 2, 3, 4]) replica.report.finished(id);
    bench.submit(...itemsOf('e', 'f', 'g', 'h'));
    expect(bench.pool.predictedWaitMs(Date.now(), SOLE_FLOW)).toBe(1000);
  });

  it('should be replaced when nobody waits for anything it does, and not as long as somebody does', () => {
    const bench = benchOf(2);
    const replica = bench.attach();
    const [a, b] = itemsOf('a', 'b');
    bench.submit(a!, b!);
    begin(replica, 1, 2);
    bench.pool.drop(a!);
    vi.advanceTimersByTime(60_000);
    expect(replica.kill).not.toHaveBeenCalled();
    bench.pool.drop(b!);
    vi.advanceTimersByTime(9_000);
    expect(replica.kill).not.toHaveBeenCalled();
    vi.advanceTimersByTime(2_000);
    expect(replica.kill).toHaveBeenCalled();
  });

  it('should live on when a stream joins those that nobody waits for', () => {
    const bench = benchOf(2);
    const replica = bench.attach();
    const [a] = itemsOf('a');
    bench.submit(a!);
    begin(replica, 1);
    bench.pool.drop(a!);
    vi.advanceTimersByTime(9_000);
    bench.submit(...itemsOf('b'));
    vi.advanceTimersByTime(60_000);
    expect(replica.kill).not.toHaveBeenCalled();
  });

  it('should retire when the last one has ended', () => {
    const bench = benchOf(2);
    const replica = bench.attach();
    bench.submit(...itemsOf('a', 'b'));
    const onIdle = vi.fn();
    replica.report.retire(onIdle);
    replica.report.finished(1);
    expect(onIdle).not.toHaveBeenCalled();
    replica.report.finished(2);
    expect(onIdle).toHaveBeenCalled();
  });
});

describe('when a replica dies with streams', () => {
  /** One that streams, one that was entered, one that was not. */
  function crash() {
    const bench = benchOf(3);
    const replica = bench.attach();
    const items = itemsOf('streaming', 'entered', 'sent') as [RecordingItem, RecordingItem, RecordingItem];
    bench.submit(...items);
    begin(replica, 1, 2);
    stream(replica, 1);
    replica.die();
    return { bench, items };
  }

  it('should fail the one whose events have left, at once and for good, and run the others again', () => {
    const { bench, items } = crash();
    expect(items.map(({ answer }) => answer)).toEqual(['WORKER_LOST', undefined, undefined]);
    const next = bench.attach();
    bench.turn();
    expect(next.batches.toSorted()).toEqual(['entered']);
  });

  it('should keep the one that was entered apart until it streams', () => {
    const { bench } = crash();
    const next = bench.attach();
    bench.turn();
    bench.submit(...itemsOf('new'));
    expect(next.batches).toEqual(['entered']);
    begin(next, 1);
    stream(next, 1);
    bench.turn();
    expect(next.batches).toEqual(['entered', 'sent', 'new']);
  });

  it('should run it again beside streams that would not run again, and not beside others', () => {
    const bench = benchOf(3);
    const [one, two] = [bench.attach(), bench.attach()];
    const items = itemsOf('a', 'b') as [RecordingItem, RecordingItem];
    bench.submit(...items);
    begin(one, 1);
    begin(two, 1);
    one.die();
    bench.turn();
    expect(two.batches).toEqual(['b']);
    stream(two, 1);
    bench.turn();
    expect(two.batches).toEqual(['b', 'a']);
  });

  it('should fail it when a second replica dies', () => {
    const { bench, items } = crash();
    const next = bench.attach();
    bench.turn();
    begin(next, 1);
    next.die();
    expect(items[1].answer).toBe('WORKER_CRASHED');
  });
});
