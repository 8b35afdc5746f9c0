import { describe, expect, it } from 'vitest';
import { Agenda } from './agenda.js';
import { Item } from './item.js';
import { Pool } from './pool.js';
import { Work } from './work.js';

const SPEC = { baseMs: 10, itemMs: 1, maxBatchSize: 4, isLocal: false };

function setUp(replicas = 1) {
  const agenda = new Agenda();
  const batches: { at: number; size: number; alone: boolean }[] = [];
  const done = (works: readonly Work[]): void => {
    batches.push({ at: agenda.now, size: works.length, alone: works.some(({ isAlone }) => isAlone) });
  };
  const pool = new Pool(agenda, { spec: SPEC, replicas, maxWaitMs: 0, handOverMs: 0, done });
  const submit = (count: number, isAlone = false): void => {
    for (let index = 0; index < count; index += 1)
      pool.submit(new Work(new Item(0, 0, 1, () => undefined), 0, isAlone));
  };
  return { agenda, batches, pool, submit };
}

describe('a pool of replicas', () => {
  it('should take what comes at one moment in batches, each as long as its size says', () => {
    const { agenda, batches, pool, submit } = setUp();
    submit(6);
    agenda.run(() => false);
    expect(batches).toEqual([
      { at: 14, size: 4, alone: false },
      { at: 26, size: 2, alone: false },
    ]);
    expect([pool.batches, pool.items, pool.busyMs]).toEqual([2, 6, 26]);
  });

  it('should let each replica work', () => {
    const { agenda, batches, submit } = setUp(2);
    submit(8);
    agenda.run(() => false);
    expect(batches.map(({ at }) => at)).toEqual([14, 14]);
  });

  it('should run suspects alone, in turn with batches', () => {
    const { agenda, batches, submit } = setUp();
    submit(2, true);
    submit(8);
    agenda.run(() => false);
    expect(batches.map(({ size, alone }) => [size, alone])).toEqual([
      [1, true],
      [4, false],
      [1, true],
      [4, false],
    ]);
  });
});
