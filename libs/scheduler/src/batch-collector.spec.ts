import { describe, expect, it } from 'vitest';
import { BatchCollector } from './batch-collector.js';
import { Bench, makeItems, TestItem } from './batch-collector.fixture.js';

describe('when batches are collected as mosec collects them', () => {
  it('should send a full batch at once', () => {
    const bench = new Bench();
    const items = makeItems(5);
    bench.push(items, 0);
    expect(bench.poll(0)).toEqual({ kind: 'batch', items: items.slice(0, 4), reason: 'full', heldMs: 0 });
    expect(bench.collector.size).toBe(1);
  });

  it('should send an item of a stage without batching at once', () => {
    const bench = new Bench({ maxBatchSize: 1 });
    const [item] = makeItems(1);
    bench.push([item!], 3);
    expect(bench.poll(3)).toEqual({ kind: 'batch', items: [item], reason: 'full', heldMs: 0 });
  });

  it('should send a partial batch when its time is over', () => {
    const bench = new Bench();
    const items = makeItems(2);
    bench.push(items, 5);
    expect(bench.poll(5)).toEqual({ kind: 'wait', until: 21 });
    expect(bench.poll(20.9)).toEqual({ kind: 'wait', until: 21 });
    expect(bench.poll(21)).toEqual({ kind: 'batch', items, reason: 'hold', heldMs: 16 });
  });

  it('should have nothing to send when empty', () => {
    expect(new Bench().poll(0)).toBeUndefined();
  });
});

describe('when no replica is idle', () => {
  it('should keep even a full batch', () => {
    const bench = new Bench();
    bench.push(makeItems(4), 0);
    expect(bench.poll(100, { idle: 0 })).toBeUndefined();
    expect(bench.collector.size).toBe(4);
  });

  it('should give a full batch ahead, and never a partial one', () => {
    const bench = new Bench();
    const items = makeItems(7);
    bench.push(items, 0);
    expect(bench.collector.takeFull(0)).toEqual(items.slice(0, 4));
    expect(bench.collector.takeFull(0)).toBeUndefined();
    expect(bench.collector.size).toBe(3);
  });

  it('should not count expired items towards a batch ahead', () => {
    const bench = new Bench();
    bench.push(makeItems(1, 5), 0);
    bench.push(makeItems(3), 0);
    expect(bench.collector.takeFull(5)).toBeUndefined();
    expect([bench.expired.length, bench.collector.size]).toEqual([1, 3]);
  });
});

describe('when a replica becomes idle after the oldest item arrived', () => {
  it('should count the hold from that moment', () => {
    const bench = new Bench();
    bench.push(makeItems(2), 0);
    expect(bench.poll(100, { idleSince: 100 })).toEqual({ kind: 'wait', until: 116 });
    expect(bench.poll(116, { idleSince: 100 })).toMatchObject({ reason: 'hold', heldMs: 16 });
  });
});

describe('when holding cannot pay', () => {
  it('should send at once without a wait', () => {
    const bench = new Bench({ maxWaitMs: 0 });
    bench.push(makeItems(1), 0);
    expect(bench.poll(0)).toMatchObject({ kind: 'batch', reason: 'idle', heldMs: 0 });
  });

  it('should send a lone client at once under the adaptive policy', () => {
    const bench = new Bench({ waitPolicy: 'adaptive' });
    for (const now of [0, 10, 20, 30, 40, 50]) {
      bench.push(makeItems(1), now);
      expect(bench.poll(now)).toMatchObject({ kind: 'batch', reason: 'idle' });
    }
  });

  it('should send at once while draining', () => {
    const bench = new Bench();
    bench.push(makeItems(3), 0);
    expect(bench.poll(0)).toMatchObject({ kind: 'wait' });
    bench.collector.drain();
    expect(bench.poll(0)).toMatchObject({ kind: 'batch', reason: 'drain' });
    bench.push(makeItems(4), 1);
    expect(bench.poll(1)).toMatchObject({ kind: 'batch', reason: 'full' });
  });
});

describe('when the adaptive policy expects companions', () => {
  /** Has seen a population of 6, and is empty. */
  function busyBench(): Bench {
    const bench = new Bench({ waitPolicy: 'adaptive', maxBatchSize: 8 });
    bench.push(makeItems(4), 0, 2);
    while (bench.collector.oldest !== undefined) bench.collector.remove(bench.collector.oldest);
    return bench;
  }

  it('should leave when the target is reached, and then hold twice as long', () => {
    const bench = busyBench();
    bench.push(makeItems(5), 1);
    expect(bench.poll(1)).toEqual({ kind: 'wait', until: 5 });
    bench.push(makeItems(1), 2);
    expect(bench.poll(2)).toMatchObject({ kind: 'batch', reason: 'target', heldMs: 1 });
    bench.push(makeItems(1), 3);
    expect(bench.poll(3)).toEqual({ kind: 'wait', until: 11 });
  });

  it('should hold half as long after a hold that ran out', () => {
    const bench = busyBench();
    bench.push(makeItems(5), 1);
    expect(bench.poll(1)).toEqual({ kind: 'wait', until: 5 });
    expect(bench.poll(5)).toMatchObject({ kind: 'batch', reason: 'hold' });
    bench.push(makeItems(1), 6);
    expect(bench.poll(6)).toEqual({ kind: 'wait', until: 8 });
  });

  it('should learn nothing from a target that was there without a hold', () => {
    const bench = busyBench();
    bench.push(makeItems(6), 1);
    expect(bench.poll(1)).toMatchObject({ kind: 'batch', reason: 'target' });
    bench.push(makeItems(1), 2);
    expect(bench.poll(2)).toEqual({ kind: 'wait', until: 6 });
  });

  it('should learn nothing from a hold whose items were all cancelled', () => {
    const bench = busyBench();
    const [item] = makeItems(1);
    bench.push([item!], 1);
    expect(bench.poll(1)).toMatchObject({ kind: 'wait' });
    bench.collector.remove(item!);
    bench.push(makeItems(6), 2);
    expect(bench.poll(2)).toMatchObject({ kind: 'batch', reason: 'target' });
    bench.push(makeItems(1), 3);
    expect(bench.poll(3)).toEqual({ kind: 'wait', until: 7 });
  });
});

describe('when all replicas become busy during a hold', () => {
  it('should not take a batch sent ahead for a hold that paid', () => {
    const bench = new Bench({ waitPolicy: 'adaptive' });
    bench.push(makeItems(3), 0, 5);
    expect(bench.poll(0)).toMatchObject({ kind: 'batch', reason: 'idle' });
    bench.push(makeItems(2), 1, 5);
    expect(bench.poll(1)).toEqual({ kind: 'wait', until: 5 });
    bench.push(makeItems(6), 2, 5);
    expect(bench.collector.takeFull(2)).toHaveLength(4);
    expect(bench.poll(2)).toMatchObject({ kind: 'batch', reason: 'full' });
    bench.push(makeItems(1), 3, 5);
    expect(bench.poll(3)).toEqual({ kind: 'wait', until: 7 });
  });
});

describe('when a deadline comes before the end of the hold', () => {
  it('should leave while the deadline is still ahead', () => {
    const bench = new Bench();
    bench.push([new TestItem(1), new TestItem(2, 10)], 0);
    expect(bench.poll(0)).toEqual({ kind: 'wait', until: 8 });
    expect(bench.poll(8)).toMatchObject({ kind: 'batch', reason: 'deadline', heldMs: 8 });
  });

  it('should leave early enough for the service time', () => {
    const bench = new Bench();
    bench.push([new TestItem(1, 15)], 0);
    expect(bench.poll(0, { serviceMs: 6 })).toEqual({ kind: 'wait', until: 7 });
    expect(bench.poll(7, { serviceMs: 6 })).toMatchObject({ kind: 'batch', reason: 'deadline' });
  });

  it('should forget the deadline of a removed item by the time it matters', () => {
    const bench = new Bench();
    const urgent = new TestItem(1, 10);
    bench.push([urgent, new TestItem(2)], 0);
    bench.collector.remove(urgent);
    bench.poll(0);
    expect(bench.poll(8)).toEqual({ kind: 'wait', until: 16 });
  });
});

describe('when items have expired', () => {
  it('should hand them back instead of sending them', () => {
    const bench = new Bench();
    const late = makeItems(2, 5);
    const timely = makeItems(4);
    bench.push([late[0]!, ...timely, late[1]!], 0);
    expect(bench.poll(5)).toMatchObject({ kind: 'batch', items: timely, reason: 'full' });
    expect(bench.expired).toEqual([late[0]]);
    expect(bench.poll(5)).toBeUndefined();
    expect(bench.expired).toEqual(late);
  });

  it('should not send an expired item that moves up when the listener removes others', () => {
    const [late, cancelled, alsoLate] = [new TestItem(1, 5), new TestItem(2), new TestItem(3, 5)];
    const expired: TestItem[] = [];
    const options = { maxBatchSize: 1, maxWaitMs: 0, waitPolicy: 'fixed' } as const;
    const collector = new BatchCollector<TestItem>(options, (item) => {
      expired.push(item);
      collector.remove(cancelled);
    });
    for (const item of [late, cancelled, alsoLate]) collector.push(item, 0, 0);
    expect(collector.poll(5, { ready: 1, idle: 1, idleSince: 0 })).toBeUndefined();
    expect(expired).toEqual([late, alsoLate]);
  });
});

describe('when items are given back', () => {
  it('should put them first with their arrival and deadline', () => {
    const bench = new Bench();
    const items = makeItems(4, 500);
    bench.push(items, 0);
    bench.poll(0);
    bench.push(makeItems(1), 100);
    bench.collector.pushFront(items.slice(0, 2));
    expect(bench.collector.oldest).toBe(items[0]);
    expect(items[0]).toMatchObject({ arrivedAt: 0, deadline: 500 });
    expect(bench.poll(100)).toMatchObject({ kind: 'batch', reason: 'hold', heldMs: 100 });
  });

  it('should mind their deadlines again', () => {
    const bench = new Bench();
    const items = makeItems(4, 20);
    bench.push(items, 0);
    bench.poll(0);
    bench.collector.pushFront(items.slice(0, 1));
    expect(bench.poll(10, { idleSince: 10 })).toEqual({ kind: 'wait', until: 18 });
  });
});

describe('when several replicas are idle', () => {
  it('should send full batches first and hold the rest', () => {
    const bench = new Bench();
    bench.push(makeItems(10), 0);
    const pool = { ready: 3, idle: 3 };
    expect(bench.poll(0, pool)).toMatchObject({ kind: 'batch', reason: 'full' });
    expect(bench.poll(0, { ...pool, idle: 2 })).toMatchObject({ kind: 'batch', reason: 'full' });
    expect(bench.poll(0, { ...pool, idle: 1 })).toEqual({ kind: 'wait', until: 16 });
  });
});

describe('when an item is removed', () => {
  it('should report whether it still waited', () => {
    const bench = new Bench({ maxBatchSize: 1 });
    const [sent, waiting] = makeItems(2);
    bench.push([sent!, waiting!], 0);
    bench.poll(0);
    expect([sent!, waiting!, waiting!].map((item) => bench.collector.remove(item))).toEqual([false, true, false]);
    expect(bench.collector.size).toBe(0);
  });
});
