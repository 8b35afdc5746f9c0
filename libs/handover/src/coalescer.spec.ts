import { describe, expect, it } from 'vitest';
import { Coalescer } from './coalescer.js';

describe('when several things are asked for in one go', () => {
  it('should run them at once, and what comes later by itself', async () => {
    const runs: (readonly number[])[] = [];
    const doubled = new Coalescer<number, number>(async (items) => {
      runs.push(items);
      return items.map((item) => item * 2);
    });
    expect(await Promise.all([doubled.add(1), doubled.add(2)])).toEqual([2, 4]);
    expect(await doubled.add(3)).toBe(6);
    expect(runs).toEqual([[1, 2], [3]]);
  });

  it('should fail each alone, or all of them where the run fails', async () => {
    const odd = new Coalescer<number, number>(async (items) => {
      if (items.includes(0)) throw new Error('no run');
      return items.map((item) => (item % 2 === 0 ? new Error(`even ${item}`) : item));
    });
    expect(await Promise.allSettled([odd.add(1), odd.add(2)])).toMatchObject([
      { value: 1 },
      { reason: { message: 'even 2' } },
    ]);
    expect(await Promise.allSettled([odd.add(1), odd.add(0)])).toMatchObject([
      { reason: { message: 'no run' } },
      { reason: { message: 'no run' } },
    ]);
  });
});
