import { describe, expect, it } from 'vitest';
import { TestItem } from './batch-collector.fixture.js';
import { FairQueue } from './fair-queue.js';

const [A, B, C] = [Symbol('a'), Symbol('b'), Symbol('c')];

/** A queue of these items, named by their flows: `aab` are two of one and one of another. */
function queueOf(flows: string): FairQueue<TestItem> {
  const queue = new FairQueue<TestItem>();
  for (const item of itemsOf(flows)) queue.push(item);
  return queue;
}

function itemsOf(flows: string): TestItem[] {
  return [...flows].map((name, at) => new TestItem(at, Infinity, { a: A, b: B, c: C }[name]));
}

/** The next `count` items as flow and number. */
function next(queue: FairQueue<TestItem>, count: number): string {
  return Array.from({ length: count }, () => {
    const item = queue.shift();
    return item ? `${item.flow.description}${item.id}` : '-';
  }).join(' ');
}

describe('when one flow waits', () => {
  it('should be a plain queue', () => {
    const queue = queueOf('aaa');
    expect(queue.ahead(A)).toBe(3);
    expect(queue.share(A)).toBe(3);
    expect(next(queue, 4)).toBe('a0 a1 a2 -');
  });
});

describe('when several flows wait', () => {
  it('should take one of each in a round, whoever has more', () => {
    expect(next(queueOf('aaaaabbc'), 8)).toBe('a0 b5 c7 a1 b6 a2 a3 a4');
  });

  it('should go on where it stopped', () => {
    const queue = queueOf('aabbcc');
    expect(next(queue, 2)).toBe('a0 b2');
    expect(next(queue, 2)).toBe('c4 a1');
  });

  it('should let a flow that comes back wait for its turn, not for the queue of another', () => {
    const queue = queueOf('aaaab');
    expect(next(queue, 3)).toBe('a0 b4 a1');
    for (const item of itemsOf('b')) queue.push(item);
    expect(next(queue, 2)).toBe('a2 b0');
  });

  it('should know the item that arrived first of all', () => {
    const queue = new FairQueue<TestItem>();
    const [late, early] = itemsOf('ab') as [TestItem, TestItem];
    late.arrivedAt = 2;
    early.arrivedAt = 1;
    queue.push(late);
    queue.push(early);
    expect(queue.oldest).toBe(early);
  });
});

describe('when items are given back', () => {
  it('should put each first in its flow, and a flow that had gone first of all', () => {
    const queue = queueOf('bbaa');
    const given = [0, 1, 2].map(() => queue.shift() as TestItem);
    expect(given.map(({ id }) => id)).toEqual([0, 2, 1]);
    queue.pushFront(given);
    expect(queue.size).toBe(4);
    expect(next(queue, 4)).toBe('b0 a2 b1 a3');
  });
});

describe('when a flow is judged by its share', () => {
  it('should count of others no more than of itself', () => {
    const queue = queueOf('aaaaaabb');
    expect([A, B, C].map((flow) => queue.share(flow))).toEqual([8, 4, 0]);
  });

  it('should expect one of each other flow in each round', () => {
    const queue = queueOf('aaaaaabb');
    expect([A, B, C].map((flow) => queue.ahead(flow))).toEqual([8, 5, 2]);
  });

  it('should expect more of a flow that lately left as often, though little of it waits', () => {
    const queue = queueOf('a');
    for (let round = 0; round < 100; round += 1) {
      for (const item of itemsOf('ab')) queue.push(item);
      next(queue, 2);
    }
    for (const item of itemsOf('aaaaaaaaa')) queue.push(item);
    expect(queue.share(A)).toBe(10);
    expect(queue.ahead(A)).toBeGreaterThan(19);
    expect(queue.ahead(A)).toBeLessThanOrEqual(20);
  });

  it('should forget in time what left long ago', () => {
    const queue = queueOf('');
    const pass = (flows: string, times: number): void => {
      for (let time = 0; time < times; time += 1) {
        for (const item of itemsOf(flows)) queue.push(item);
        next(queue, flows.length);
      }
    };
    pass('b', 500);
    pass('a', 5000);
    for (const item of itemsOf('aaaaaaaaaa')) queue.push(item);
    expect(queue.ahead(A)).toBeLessThan(11);
  });
});
