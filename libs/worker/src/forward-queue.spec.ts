import { describe, expect, it } from 'vitest';
import type { ItemCall } from './item-call.js';
import { ForwardQueue, type WorkerBatch } from './forward-queue.js';
import type { StageExecutor } from './stage-executor.js';
import { RecordingPort } from './worker.fixture.js';

/** A queue whose runs end when the spec says so. */
function queueOf(maxConcurrency: number) {
  const entered: number[] = [];
  const ends = new Map<number, () => void>();
  const done: string[] = [];
  const executor = {
    run: (calls: readonly ItemCall[]) => {
      const id = (calls as unknown as number[])[0]!;
      entered.push(id);
      return id < 0 ? undefined : new Promise<void>((resolve) => ends.set(id, resolve));
    },
  } as unknown as StageExecutor;
  const queue = new ForwardQueue(executor, maxConcurrency, () => done.push(`paused after ${entered.join()}`));
  const add = (id: number): void =>
    queue.add({ id, calls: [id] as unknown as ItemCall[], port: new RecordingPort() } satisfies WorkerBatch);
  const end = async (id: number) => {
    ends.get(id)!();
    await Promise.resolve();
    await Promise.resolve();
  };
  return { queue, add, end, entered, done };
}

describe('when a worker is given batches', () => {
  it('should run them one at a time and in order', async () => {
    const { add, end, entered } = queueOf(1);
    for (const id of [1, 2, 3]) add(id);
    expect(entered).toEqual([1]);
    await end(1);
    expect(entered).toEqual([1, 2]);
  });

  it('should run as many at a time as it may, and let the next join when any has ended', async () => {
    const { add, end, entered } = queueOf(2);
    for (const id of [1, 2, 3, 4]) add(id);
    expect(entered).toEqual([1, 2]);
    await end(2);
    expect(entered).toEqual([1, 2, 3]);
    await end(1);
    expect(entered).toEqual([1, 2, 3, 4]);
  });

  it('should say when a report may be long in coming', async () => {
    const { add, end, done } = queueOf(1);
    add(-1);
    add(2);
    add(-3);
    await end(2);
    expect(done).toEqual(['paused after -1', 'paused after -1,2', 'paused after -1,2,-3']);
  });

  it('should find a batch whether it runs or waits, and not when it has ended', async () => {
    const { queue, add, end } = queueOf(1);
    for (const id of [1, 2]) add(id);
    expect([1, 2, 3].map((id) => queue.find(id)?.id)).toEqual([1, 2, undefined]);
    await end(1);
    expect(queue.find(1)).toBeUndefined();
  });

  it('should be idle when nothing runs or waits', async () => {
    const { queue, add, end } = queueOf(2);
    await queue.idle();
    for (const id of [1, 2]) add(id);
    const order: string[] = [];
    void queue.idle().then(() => order.push('idle'));
    await end(1);
    order.push('one left');
    await end(2);
    expect(order).toEqual(['one left', 'idle']);
  });
});
