import { describe, expect, it } from 'vitest';
import { REGION_UNIT_BYTES, RegionTable } from './region-table.js';

const UNIT = REGION_UNIT_BYTES;

describe('when a region is taken', () => {
  it('should be rounded up to whole units, each committed once', () => {
    const commits: number[][] = [];
    const table = new RegionTable(4 * UNIT, (...part) => commits.push(part) > 0);
    const first = table.take(UNIT + 1);
    expect(first).toEqual({ id: 1, offset: 0, sizeBytes: 2 * UNIT });
    expect(table.take(UNIT)).toEqual({ id: 2, offset: 2 * UNIT, sizeBytes: UNIT });
    expect([table.takenBytes, table.committedBytes]).toEqual([3 * UNIT, 3 * UNIT]);
    table.giveBack(first as NonNullable<typeof first>);
    expect(table.take(2 * UNIT)).toEqual({ id: 3, offset: 0, sizeBytes: 2 * UNIT });
    expect(commits).toEqual([
      [0, 2 * UNIT],
      [2 * UNIT, UNIT],
    ]);
  });

  it('should be none when the neighbours that it needs are taken', () => {
    const table = new RegionTable(3 * UNIT, () => true);
    const [first] = [table.take(UNIT), table.take(UNIT)];
    table.giveBack(first as NonNullable<typeof first>);
    expect(table.take(2 * UNIT)).toBeUndefined();
  });
});

describe('when the system has no memory', () => {
  it('should have no region, and not ask at every request', () => {
    let asked = 0;
    const table = new RegionTable(2 * UNIT, () => ++asked > 1);
    for (let i = 0; i < 1_001; i++) expect(table.take(UNIT)).toBeUndefined();
    expect(asked).toBe(1);
    expect(table.take(UNIT)).toEqual({ id: 1, offset: 0, sizeBytes: UNIT });
    expect(table.committedBytes).toBe(UNIT);
  });
});
