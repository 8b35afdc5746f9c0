import { describe, expect, it } from 'vitest';
import { ClientError, EVENT_WINDOW_BYTES, HOP_FORMAT } from '#libs/contracts';
import { EventTurn } from './event-turn.js';
import { StageExecutor } from './stage-executor.js';
import type { StageInstance } from './stage-host.js';
import type { StreamItemCall } from './stream-item-call.js';
import { hopItem, hostOf, RecordingPort, turn as nextTurn } from './worker.fixture.js';

type Handler = (item: unknown, call: StreamItemCall) => unknown;

/** A batch of a streaming stage, not yet run. */
function batchOf(instance: StageInstance, { values = ['in'], sendResult = false, part = {} } = {}) {
  const executor = new StageExecutor(hostOf(instance, { stream: { sendResult } }));
  const port = new RecordingPort();
  const turn = new EventTurn(() => undefined);
  const items = values.map((value) => hopItem(value, { eventFormat: HOP_FORMAT, ...part }));
  const calls = executor.callsOf(items, port, turn) as StreamItemCall[];
  const run = async () => void (await executor.run(calls, port));
  return { calls, port, run, events: () => port.texts.join('').split('\n').filter(Boolean) };
}

const forward = (handler: Handler): StageInstance => ({ forward: handler });
const large = 'x'.repeat(EVENT_WINDOW_BYTES);

/** A generator that ends as the spec wishes, and tells whether it was ended before. */
function generatorOf(events: readonly unknown[], end: () => Promise<unknown> = async () => undefined) {
  const state = { yielded: 0, returned: false };
  const instance = forward(async function* () {
    state.returned = true;
    for (const event of events) {
      state.yielded++;
      yield event;
    }
    const result = await end();
    state.returned = false;
    return result;
  });
  return { instance, state };
}

describe('when a generator streams', () => {
  it('should send what it yields, and settle the item with nothing behind it', async () => {
    const { port, run, events } = batchOf(generatorOf(['a', { data: 1, id: 'b' }]).instance);
    await run();
    expect(events()).toEqual(['"a"', '{"data":1,"id":"b"}']);
    expect(port.events).toEqual(['begun all', 'streamed 0: 1', 'streamed 0: 1', 'ok 0', 'finished']);
  });

  it('should answer with what it returns where it has yielded nothing', async () => {
    const { port, run } = batchOf(generatorOf([], async () => ({ v: 1 })).instance);
    await run();
    expect([port.events, port.values.get(0)]).toEqual([['begun all', 'ok 0', 'finished'], { v: 1 }]);
  });

  it('should be an empty stream where it neither yields nor returns anything', async () => {
    const { port, run } = batchOf(generatorOf([]).instance);
    await run();
    expect(port.events).toEqual(['begun all', 'streamed 0: 0', 'ok 0', 'finished']);
  });

  it('should send what it returns as the last event where that is wanted', async () => {
    const { run, events } = batchOf(generatorOf(['a'], async () => 7).instance, { sendResult: true });
    await run();
    expect(events()).toEqual(['"a"', '{"data":7}']);
  });

  it('should send its events before its error', async () => {
    const { port, run, events } = batchOf(
      generatorOf(['a', 'b'], async () => Promise.reject(new Error('no more'))).instance,
    );
    await run();
    expect(events()).toEqual(['"a"', '"b"']);
    expect(port.events.at(-2)).toBe('error 0');
    expect(port.errors.get(0)).toMatchObject({ code: 'INTERNAL' });
  });

  it('should fail, and be ended, by an event that cannot be sent', async () => {
    const { instance, state } = generatorOf(['a', { data: '', id: '\n' }, 'c']);
    const { port, run } = batchOf(instance);
    await run();
    expect([port.events.at(-2), state]).toEqual(['error 0', { yielded: 2, returned: true }]);
  });

  it('should be held while the client does not read', async () => {
    const { instance, state } = generatorOf([large, 'b', 'c']);
    const { calls, run } = batchOf(instance);
    const done = run();
    await nextTurn();
    await nextTurn();
    expect(state.yielded).toBe(1);
    calls[0]!.grant(EVENT_WINDOW_BYTES + 10);
    await done;
    expect(state.yielded).toBe(3);
  });

  it('should be ended at its next yield when nobody waits any more', async () => {
    const { instance, state } = generatorOf([large, 'b', 'c']);
    const { calls, run } = batchOf(instance);
    const done = run();
    await nextTurn();
    calls[0]!.cancel();
    await done;
    expect(state).toEqual({ yielded: 1, returned: true });
  });

  it('should be ended while it waits for something that looks at the signal', async () => {
    let aborted = false;
    const instance = forward(async function* (_item: unknown, call: StreamItemCall) {
      yield 'a';
      await new Promise<void>((resolve) => call.signal.addEventListener('abort', () => resolve()));
      aborted = true;
      yield 'b';
    });
    const { calls, run, events } = batchOf(instance);
    const done = run();
    await nextTurn();
    await nextTurn();
    calls[0]!.cancel();
    await done;
    expect([aborted, events()]).toEqual([true, ['"a"']]);
  });

  it('should ask any other iterable to end too', async () => {
    const ended: string[] = [];
    const iterator = {
      next: () => new Promise(() => undefined),
      return: async () => (ended.push('returned'), { done: true, value: undefined }),
    };
    const { calls, run } = batchOf(forward(() => ({ [Symbol.asyncIterator]: () => iterator })));
    void run();
    await nextTurn();
    calls[0]!.cancel();
    await nextTurn();
    expect(ended).toEqual(['returned']);
  });
});

describe('when forward sends events', () => {
  it('should be told by an error that nobody waits any more', async () => {
    const seen: unknown[] = [];
    const { calls, run } = batchOf(
      forward(async (_item, call) => {
        await call.sendEvent('a');
        calls[0]!.cancel();
        await call.sendEvent('b').catch((error: unknown) => seen.push(error));
      }),
    );
    await run();
    expect(seen).toMatchObject([{ code: 'CANCELLED' }]);
  });

  it('should not bring its worker down by ignoring that error', async () => {
    const unhandled: unknown[] = [];
    const listen = (error: unknown): void => void unhandled.push(error);
    process.on('unhandledRejection', listen);
    const { calls, run } = batchOf(
      forward(async (_item, call) => {
        calls[0]!.cancel();
        void call.sendEvent('b');
        await nextTurn();
      }),
    );
    await run();
    await nextTurn();
    process.off('unhandledRejection', listen);
    expect(unhandled).toEqual([]);
  });

  it('should fail where it sends on and on without waiting', async () => {
    const { port, run } = batchOf(
      forward(async (_item, call) => {
        for (let i = 0; i < 100; i++) void call.sendEvent(large);
      }),
    );
    await run();
    expect(port.errors.get(0)).toMatchObject({
      statusCode: 500,
      code: 'INTERNAL',
      message: 'inference internal error',
    });
    expect(port.errors.get(0)!.cause).toContain('without waiting');
  });

  it('should send nothing that comes after its end', async () => {
    let late: StreamItemCall | undefined;
    const { run, port, events } = batchOf(forward(async (_item, call) => void (late = call)));
    await run();
    await expect(late!.sendEvent('late')).rejects.toMatchObject({ code: 'CANCELLED' });
    await nextTurn();
    expect([events(), port.events.at(-1)]).toEqual([[], 'finished']);
  });

  it('should know where a client had got to', async () => {
    const { calls } = batchOf({}, { part: { context: '{"id":"r","lastEventId":"e-9"}' } });
    expect([calls[0]!.lastEventId, batchOf({}).calls[0]!.lastEventId]).toEqual(['e-9', undefined]);
  });
});

describe('when a batch streams', () => {
  const batch = (handler: (items: unknown[], calls: StreamItemCall[]) => unknown): StageInstance => ({
    forwardBatch: handler,
  });

  it('should take returning nothing for as many streams as items', async () => {
    const { port, run } = batchOf(
      batch((_items, calls) => {
        void calls[1]!.sendEvent('b');
      }),
      { values: ['0', '1'] },
    );
    await run();
    expect(port.events).toEqual(['begun all', 'streamed 1: 1', 'streamed 0: 0', 'ok 0', 'ok 1', 'finished']);
  });

  it('should keep quiet to a call that nobody waits for, for the sake of the others', async () => {
    const { calls, port, run, events } = batchOf(
      batch(async (_items, all) => {
        calls[0]!.cancel();
        await Promise.all(all.map((call, i) => call.sendEvent(`event ${i}`)));
        return [];
      }),
      { values: ['0', '1'] },
    );
    await run();
    expect(events()).toEqual(['"event 1"']);
    expect(port.errors.get(1)).toMatchObject({ code: 'INTERNAL' });
  });

  it('should not run items again that have sent events', async () => {
    const entered: unknown[][] = [];
    const { port, run } = batchOf(
      batch((items, calls) => {
        entered.push(items);
        if (items.length === 1) return ['again'];
        void calls[0]!.sendEvent('a');
        throw new ClientError('one of them');
      }),
      { values: ['0', '1'] },
    );
    await run();
    expect(entered).toEqual([['0', '1'], ['1']]);
    expect(port.errors.get(0)).toMatchObject({ code: 'CLIENT' });
    expect(port.values.get(1)).toBe('again');
  });
});
