import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { QueueEntry } from './item-queue-entry.js';
import { ItemQueue } from './item-queue.js';

class Entry extends QueueEntry {
  constructor(readonly id: number) {
    super(Infinity);
  }
}

const entries = (...ids: number[]): Entry[] => ids.map((id) => new Entry(id));

function drain(queue: ItemQueue<Entry>): number[] {
  const ids: number[] = [];
  for (let entry = queue.shift(); entry !== undefined; entry = queue.shift()) ids.push(entry.id);
  return ids;
}

function contents(queue: ItemQueue<Entry>): number[] {
  const ids: number[] = [];
  for (let entry = queue.head; entry !== undefined; entry = queue.after(entry)) ids.push(entry.id);
  return ids;
}

describe('when a queue is empty', () => {
  it('should have no head and nothing to shift', () => {
    const queue = new ItemQueue<Entry>();
    expect([queue.size, queue.head, queue.shift()]).toEqual([0, undefined, undefined]);
  });

  it('should accept entries at the front', () => {
    const queue = new ItemQueue<Entry>();
    queue.pushFront(entries(1, 2));
    queue.push(new Entry(3));
    expect(drain(queue)).toEqual([1, 2, 3]);
  });
});

describe('when an entry is removed', () => {
  it('should close the gap and refuse a second removal', () => {
    const queue = new ItemQueue<Entry>();
    const [first, second, third] = entries(1, 2, 3) as [Entry, Entry, Entry];
    for (const entry of [first, second, third]) queue.push(entry);
    expect(queue.remove(second)).toBe(true);
    expect(queue.remove(second)).toBe(false);
    expect(drain(queue)).toEqual([1, 3]);
  });

  it('should refuse an entry of another queue', () => {
    const queue = new ItemQueue<Entry>();
    const entry = new Entry(1);
    queue.push(entry);
    expect(new ItemQueue<Entry>().remove(entry)).toBe(false);
    expect(queue.size).toBe(1);
  });
});

describe('when an entry is pushed twice', () => {
  it('should throw and stay intact', () => {
    const queue = new ItemQueue<Entry>();
    const entry = new Entry(1);
    queue.push(entry);
    expect(() => queue.push(entry)).toThrow('The "entry" is already in a queue');
    expect(drain(queue)).toEqual([1]);
  });
});

describe('when any operations follow one another', () => {
  it('should hold what an array would hold', () => {
    const operation = fc.oneof(
      fc.record({ kind: fc.constant('push' as const) }),
      fc.record({ kind: fc.constant('pushFront' as const), count: fc.nat(3) }),
      fc.record({ kind: fc.constant('shift' as const) }),
      fc.record({ kind: fc.constant('remove' as const), at: fc.nat(30) }),
    );
    fc.assert(
      fc.property(fc.array(operation, { maxLength: 60 }), (operations) => {
        const queue = new ItemQueue<Entry>();
        const model: Entry[] = [];
        let id = 0;
        for (const step of operations) {
          if (step.kind === 'push') {
            const entry = new Entry(id++);
            queue.push(entry);
            model.push(entry);
          } else if (step.kind === 'pushFront') {
            const added = Array.from({ length: step.count }, () => new Entry(id++));
            queue.pushFront(added);
            model.unshift(...added);
          } else if (step.kind === 'shift') {
            expect(queue.shift()).toBe(model.shift());
          } else {
            const [entry] = model.splice(step.at, 1);
            if (entry !== undefined) expect(queue.remove(entry)).toBe(true);
          }
          expect(queue.size).toBe(model.length);
          expect(contents(queue)).toEqual(model.map((entry) => entry.id));
        }
      }),
    );
  });
});
