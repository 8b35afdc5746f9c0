import { describe, expect, it } from 'vitest';
import { ClientError, InferenceTimeoutError, ServerError, ValidationError } from '#libs/contracts';
import { ItemCall } from './item-call.js';
import { StageExecutor } from './stage-executor.js';
import { BROKEN, hopCalls, hopItem, hostOf, RecordingPort, runBatch } from './worker.fixture.js';

/** Resolves later, without being a promise, and without giving one back from `then`. */
const thenable = (value: unknown) => ({
  then: (resolve: (value: unknown) => void) => queueMicrotask(() => resolve(value)),
});

const double = (items: unknown[]) => items.map((item) => (item as number) * 2);

describe('when a batch goes through a stage', () => {
  it('should stay synchronous where the stage is', () => {
    const port = new RecordingPort();
    expect(new StageExecutor(hostOf({ forwardBatch: double })).run(hopCalls([1, 2]), port)).toBeUndefined();
    expect(port.events).toEqual(['begun all', 'ok 0', 'ok 1', 'finished']);
    expect([...port.values]).toEqual([
      [0, 2],
      [1, 4],
    ]);
  });

  it.each([
    ['a value', (item: unknown) => [item]],
    ['a promise', async (item: unknown) => [item]],
    ['a thenable', (item: unknown) => thenable([item])],
  ])('should take what an item stage returns: %s', async (_what, forward) => {
    const port = await runBatch(hostOf({ forward }), hopCalls(['in']));
    expect(port.events).toEqual(['begun all', 'ok 0', 'finished']);
    expect(port.values.get(0)).toEqual(['in']);
  });

  it.each([
    ['an array', double],
    ['a promise', async (items: unknown[]) => double(items)],
    ['a thenable', (items: unknown[]) => thenable(double(items))],
  ])('should take what a batch stage returns: %s', async (_what, forwardBatch) => {
    const port = await runBatch(hostOf({ forwardBatch }), hopCalls([1, 2]));
    expect(port.events).toEqual(['begun all', 'ok 0', 'ok 1', 'finished']);
    expect([...port.values.values()]).toEqual([2, 4]);
  });

  it('should say that it begins before the stage is entered', async () => {
    const port = new RecordingPort();
    const seen: string[][] = [];
    await runBatch(hostOf({ forwardBatch: (items) => (seen.push([...port.events]), items) }), hopCalls([1, 2]), port);
    expect(seen).toEqual([['begun all']]);
  });

  it('should give each item its call, on the stage itself', async () => {
    const instance = {
      factor: 3,
      forwardBatch(items: unknown[], calls: { id: string }[]) {
        return items.map((item, i) => `${calls[i]!.id}:${(item as number) * this.factor}`);
      },
    };
    const calls = ['a', 'b'].map((id, i) => new ItemCall(hopItem(i + 1, { context: JSON.stringify({ id }) })));
    expect([...(await runBatch(hostOf(instance), calls)).values.values()]).toEqual(['a:3', 'b:6']);
  });
});

describe('when one item of a batch is bad', () => {
  const seen: unknown[][] = [];
  const host = hostOf({ forwardBatch: (items) => (seen.push(items), items) });

  it('should fail an undecodable item alone, and begin with the others', async () => {
    const calls = [hopItem('a'), BROKEN, hopItem('c')].map((item) => new ItemCall(item));
    const port = await runBatch(host, calls);
    expect(port.events).toEqual(['error 1', 'begun 0,2', 'ok 0', 'ok 2', 'finished']);
    expect(seen.pop()).toEqual(['a', 'c']);
  });

  it.each([
    ['throws', (value: unknown) => accept(value)],
    ['rejects', async (value: unknown) => accept(value)],
  ])('should fail an item alone whose validation %s', async (_how, acceptInput) => {
    const port = await runBatch({ ...host, acceptInput }, hopCalls(['a', 'bad', 'c']));
    expect(port.events).toEqual(['error 1', 'begun 0,2', 'ok 0', 'ok 2', 'finished']);
    expect(port.errors.get(1)).toBeInstanceOf(ValidationError);
    expect(seen.pop()).toEqual(['A', 'C']);
  });

  it('should not enter the stage when none is left', async () => {
    const entered = seen.length;
    const port = await runBatch(host, [new ItemCall(BROKEN)]);
    expect(port.events).toEqual(['error 0', 'finished']);
    expect(seen).toHaveLength(entered);
  });

  it('should fail the item alone for which an Error was returned', async () => {
    const results = [1, new ClientError('no'), new Error('broken'), 4];
    const port = await runBatch(hostOf({ forwardBatch: () => results }), hopCalls([0, 0, 0, 0]));
    expect(port.events).toEqual(['begun all', 'ok 0', 'error 1', 'error 2', 'ok 3', 'finished']);
    expect(port.errors.get(1)).toMatchObject({ statusCode: 400, message: 'no' });
    expect(port.errors.get(2)).toMatchObject({ code: 'INTERNAL', message: 'inference internal error' });
  });

  it('should fail the item alone whose result cannot be encoded', async () => {
    const port = await runBatch(hostOf({ forwardBatch: () => [1, () => 1, 3] }), hopCalls([0, 0, 0]));
    expect(port.events).toEqual(['begun all', 'ok 0', 'error 1', 'ok 2', 'finished']);
    expect(port.errors.get(1)!.code).toBe('ENCODING');
  });
});

function accept(value: unknown): unknown {
  if (value === 'bad') throw new ValidationError('bad');
  return (value as string).toUpperCase();
}

describe('when nobody waits for an item any more', () => {
  it('should neither decode nor run nor settle it', async () => {
    const decoded: unknown[] = [];
    const calls = hopCalls(['a', 'b']);
    calls[0]!.cancel();
    const acceptInput = (value: unknown) => (decoded.push(value), value);
    const port = await runBatch({ ...hostOf({ forwardBatch: (items) => items }), acceptInput }, calls);
    expect(port.events).toEqual(['begun 1', 'ok 1', 'finished']);
    expect(decoded).toEqual(['b']);
  });

  it('should leave it out when that happens while others are decoded', async () => {
    const calls = hopCalls(['a', 'b']);
    const acceptInput = async (value: unknown) => (calls[0]!.cancel(), value);
    const port = await runBatch({ ...hostOf({ forwardBatch: (items) => items }), acceptInput }, calls);
    expect(port.events).toEqual(['begun 1', 'ok 1', 'finished']);
  });

  it('should finish at once when that is so for all', async () => {
    const calls = hopCalls(['a', 'b']);
    for (const call of calls) call.cancel();
    expect((await runBatch(hostOf({ forwardBatch: (items) => items }), calls)).events).toEqual(['finished']);
  });
});

describe('when the stage throws for a whole batch', () => {
  const runOf = (thrown: unknown, how: 'sync' | 'async') => {
    const sizes: number[] = [];
    const fail = (items: unknown[]): unknown[] => {
      sizes.push(items.length);
      if (items.includes('bad')) throw thrown;
      return items;
    };
    const forwardBatch = how === 'sync' ? fail : async (items: unknown[]) => fail(items);
    return runBatch(hostOf({ forwardBatch }), hopCalls(['a', 'bad', 'c'])).then((port) => ({ port, sizes }));
  };

  it.each(['sync', 'async'] as const)('should run its members one by one after a ClientError (%s)', async (how) => {
    const { port, sizes } = await runOf(new ClientError('bad one'), how);
    expect(sizes).toEqual([3, 1, 1, 1]);
    expect(port.events).toEqual(['begun all', 'begun 0', 'ok 0', 'begun 1', 'error 1', 'begun 2', 'ok 2', 'finished']);
    expect(port.errors.get(1)).toMatchObject({ statusCode: 400, message: 'bad one' });
  });

  it.each([new ServerError('down'), new Error('down'), new InferenceTimeoutError('down'), 'down', undefined, { a: 1 }])(
    'should fail all its members after any other error: %s',
    async (thrown) => {
      for (const how of ['sync', 'async'] as const) {
        const { port, sizes } = await runOf(thrown, how);
        expect(sizes).toEqual([3]);
        expect(port.events).toEqual(['begun all', 'error 0', 'error 1', 'error 2', 'finished']);
      }
    },
  );

  it('should not run a single item again', async () => {
    let runs = 0;
    const forward = () => {
      runs += 1;
      throw new ClientError('no');
    };
    expect((await runBatch(hostOf({ forward }), hopCalls([1]))).events).toEqual(['begun all', 'error 0', 'finished']);
    expect(runs).toBe(1);
  });

  it('should leave out members that were cancelled in between', async () => {
    const calls = hopCalls(['a', 'bad', 'c']);
    const forwardBatch = (items: unknown[]) => {
      if (items.length === 3) calls[2]!.cancel();
      if (items.includes('bad')) throw new ClientError('no');
      return items;
    };
    const port = await runBatch(hostOf({ forwardBatch }), calls);
    expect(port.events).toEqual(['begun all', 'begun 0', 'ok 0', 'begun 1', 'error 1', 'finished']);
  });
});

describe('when a stage returns something other than one result per item', () => {
  it.each([
    [[1], 'returned 1 results for 2 items'],
    [[1, 2, 3], 'returned 3 results for 2 items'],
    ['text', 'returned a string for 2 items'],
    [undefined, 'returned a undefined for 2 items'],
  ])('should fail all items, and name stage and counts for the log alone: %o', async (result, words) => {
    const port = await runBatch(hostOf({ forwardBatch: () => result }), hopCalls([1, 2]));
    expect(port.events).toEqual(['begun all', 'error 0', 'error 1', 'finished']);
    expect(port.errors.get(0)).toMatchObject({ code: 'INTERNAL', message: 'inference internal error' });
    expect(port.errors.get(0)!.cause).toContain(`stage "Test" ${words}`);
  });
});
