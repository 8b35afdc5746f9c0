import { describe, expect, it } from 'vitest';
import { runAll } from './run-all.js';

/** Runs that the test ends one by one. */
class Runs {
  readonly open = new Map<number, { resolve: (value: string) => void; signal: AbortSignal }>();
  most = 0;

  readonly run = (item: number, signal: AbortSignal): Promise<string> =>
    new Promise((resolve, reject) => {
      this.open.set(item, { resolve, signal });
      this.most = Math.max(this.most, this.open.size);
      signal.addEventListener('abort', () => reject(new Error(`item ${item} was cancelled`)));
    });

  async end(item: number): Promise<void> {
    this.open.get(item)?.resolve(`result ${item}`);
    this.open.delete(item);
    await new Promise(setImmediate);
  }
}

const never = new AbortController().signal;

describe('when all items are run', () => {
  it('should keep to the width and give the results in order, whatever the order they come in', async () => {
    const runs = new Runs();
    const all = runAll([0, 1, 2, 3], 2, never, runs.run);
    expect([...runs.open.keys()]).toEqual([0, 1]);
    await runs.end(1);
    expect([...runs.open.keys()]).toEqual([0, 2]);
    for (const item of [2, 3, 0]) await runs.end(item);
    expect(await all).toEqual(['result 0', 'result 1', 'result 2', 'result 3']);
    expect(runs.most).toBe(2);
  });

  it('should fail with the first error, cancel what runs and begin nothing more', async () => {
    const begun: number[] = [];
    const signals: AbortSignal[] = [];
    const run = async (item: number, signal: AbortSignal): Promise<void> => {
      begun.push(item);
      signals.push(signal);
      if (item === 1) throw new Error('item 1 is bad');
      await new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('cancelled'))));
    };
    await expect(runAll([0, 1, 2, 3, 4], 3, never, run)).rejects.toThrow('item 1 is bad');
    await new Promise(setImmediate);
    expect(begun).toEqual([0, 1, 2]);
    expect(signals.every(({ aborted }) => aborted)).toBe(true);
  });

  it('should cancel all when the caller leaves', async () => {
    const runs = new Runs();
    const caller = new AbortController();
    const all = runAll([0, 1, 2], 2, caller.signal, runs.run);
    caller.abort();
    await expect(all).rejects.toThrow('item 0 was cancelled');
    expect([...runs.open.keys()]).toEqual([0, 1]);
  });
});
