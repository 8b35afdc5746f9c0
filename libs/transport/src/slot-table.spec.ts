import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_BACKOFF } from './backoff.js';
import { Life } from './life.js';
import type { BatchListener } from './replica-sink.js';
import { SlotTable } from './slot-table.js';

const idsOf = (slots: readonly { workerId: number }[]): number[] => slots.map(({ workerId }) => workerId);

function tableOf(size: number): SlotTable {
  const table = new SlotTable(DEFAULT_BACKOFF);
  table.grow(size);
  return table;
}

function serve(table: SlotTable, ...workerIds: readonly number[]): void {
  for (const slot of table.all) {
    slot.current = new Life();
    if (workerIds.includes(slot.workerId)) slot.current.batches = {} as BatchListener;
  }
}

describe('when places are given up', () => {
  it('should take those of the highest numbers', () => {
    const table = tableOf(4);
    serve(table, 1, 2, 3, 4);
    expect(idsOf(table.shrink(2))).toEqual([4, 3]);
    expect(idsOf(table.all)).toEqual([1, 2]);
  });

  it('should take those first that do not serve', () => {
    const table = tableOf(3);
    serve(table, 2, 3);
    const [left] = table.shrink(2);
    expect(left).toMatchObject({ workerId: 1, isGone: true });
    expect(idsOf(table.all)).toEqual([2, 3]);
  });

  it('should give their numbers to the next ones', () => {
    const table = tableOf(3);
    serve(table, 2, 3);
    table.shrink(2);
    expect(idsOf(table.grow(4))).toEqual([1, 4]);
    expect(idsOf(table.all)).toEqual([1, 2, 3, 4]);
  });
});

describe('when a table grows and shrinks in any order', () => {
  it('should have as many places as asked for, with numbers that never exceed the largest count so far', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 1, max: 9 }), fc.array(fc.integer({ min: 1, max: 9 })))),
        (steps) => {
          const table = tableOf(1);
          let most = 1;
          for (const [size, serving] of steps) {
            most = Math.max(most, size);
            table.grow(size);
            serve(table, ...serving);
            table.shrink(size);
            const ids = idsOf(table.all);
            expect(ids).toHaveLength(size);
            expect(new Set(ids).size).toBe(size);
            expect(Math.max(...ids)).toBeLessThanOrEqual(most);
          }
        },
      ),
    );
  });
});
