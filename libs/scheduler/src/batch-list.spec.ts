import { describe, expect, it } from 'vitest';
import { BatchList } from './batch-list.js';
import { InFlightBatch } from './in-flight-batch.js';

function listOf(...ids: number[]): BatchList {
  const list = new BatchList();
  for (const id of ids) list.add(new InFlightBatch(id, [], 0, false));
  return list;
}

const idsOf = (list: BatchList): number[] => list.values().map(({ id }) => id);

describe('when a replica has batches', () => {
  it('should keep the order in which they were sent', () => {
    const list = listOf(3, 1, 2);
    expect([idsOf(list), list.size]).toEqual([[3, 1, 2], 3]);
  });

  it('should find a batch by its id, and nothing for another id', () => {
    const list = listOf(3, 1);
    expect([list.get(1)?.id, list.get(2)]).toEqual([1, undefined]);
  });

  it('should delete one batch and leave the others in order', () => {
    const list = listOf(1, 2, 3);
    list.delete(2);
    list.delete(7);
    expect(idsOf(list)).toEqual([1, 3]);
  });

  it('should be empty once cleared', () => {
    const list = listOf(1, 2);
    list.clear();
    expect([list.size, list.get(1)]).toEqual([0, undefined]);
  });
});
