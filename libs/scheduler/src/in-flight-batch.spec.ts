import { describe, expect, it } from 'vitest';
import { InFlightBatch } from './in-flight-batch.js';
import { itemsOf, type RecordingItem } from './stage-pool.fixture.js';

function batchOf(...names: string[]): { batch: InFlightBatch; items: RecordingItem[] } {
  const items = itemsOf(...names);
  return { batch: new InFlightBatch(7, items, 0, false), items };
}

describe('when a replica has a batch', () => {
  it('should be known to its items until they leave', () => {
    const { batch, items } = batchOf('a', 'b');
    expect(items.map((item) => item.batch)).toEqual([batch, batch]);
    expect(batch.take(1)).toBe(items[1]);
    expect(items.map((item) => item.batch)).toEqual([batch, undefined]);
    expect(batch.open).toBe(1);
  });

  it('should give an item once, and none for an index that it never had', () => {
    const { batch, items } = batchOf('a');
    expect([batch.take(0), batch.take(0), batch.take(1), batch.take(-1)]).toEqual([items[0], ...[, ,], undefined]);
    expect(batch.open).toBe(0);
  });

  it('should keep the indexes of the others when one leaves', () => {
    const { batch, items } = batchOf('a', 'b', 'c');
    expect(batch.drop(items[0]!)).toBe(0);
    expect(batch.drop(items[2]!)).toBe(2);
    expect(batch.take(1)).toBe(items[1]);
  });
});

describe('when a replica dies with a batch', () => {
  const takeAll = (begun: (batch: InFlightBatch) => void) => {
    const { batch } = batchOf('a', 'b', 'c');
    batch.take(0);
    begun(batch);
    const { running, waiting } = batch.takeAll();
    expect(batch.open).toBe(0);
    return [running, waiting].map((items) => items.map((item) => (item as RecordingItem).name).join());
  };

  it.each([
    ['none before forward was entered', () => undefined, ['', 'b,c']],
    ['all that are open', (batch: InFlightBatch) => batch.begun(undefined), ['b,c', '']],
    ['those that were named', (batch: InFlightBatch) => batch.begun([0, 2]), ['c', 'b']],
    [
      'those that were named last',
      (batch: InFlightBatch) => {
        batch.begun(undefined);
        batch.begun([1]);
      },
      ['b', 'c'],
    ],
  ] as const)('should take as running: %s', (_which, begun, parts) => {
    expect(takeAll(begun)).toEqual(parts);
  });
});
