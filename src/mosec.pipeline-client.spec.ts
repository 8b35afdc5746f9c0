import { describe, expect, it, vi } from 'vitest';
import { decodeHop, encodeHop } from '#libs/codec';
import {
  HOP_FORMAT,
  OverloadedError,
  ServerError,
  type MosecError,
  type Outcome,
  type PayloadStore,
  type SharedBytes,
  type Streamed,
} from '#libs/contracts';
import type { Pipeline, PipelineRequest } from '#libs/pipeline';
import type { StreamRunOptions } from './decorators/typed-pipeline-client.js';
import { monotonicNow } from './mosec.clock.js';
import { EnginePipelineClient } from './mosec.pipeline-client.js';

/** A client with a timeout of 3 s, whose calls the spec answers; `refusal` refuses them at the door. */
function clientOf(refusal?: MosecError, store?: PayloadStore) {
  const requests: PipelineRequest[] = [];
  const abandon = vi.fn((error: MosecError) => settle({ error }));
  let settle!: (outcome: Outcome) => void;
  const submit = (request: PipelineRequest, answer: (outcome: Outcome) => void) => {
    requests.push(request);
    if (refusal) return void answer({ error: refusal });
    settle = answer;
    return { abandon };
  };
  const client = new EnginePipelineClient(
    () => ({ submit }) as unknown as Pipeline,
    3000,
    [],
    () => store,
  );
  return { client, requests, abandon, settle: (outcome: Outcome) => settle(outcome) };
}

describe('when a pipeline is called from within', () => {
  it('should take and give values as between stages', async () => {
    const { client, requests, settle } = clientOf();
    const input = { text: 'a', when: new Date(0), bytes: new Uint8Array([1]) };
    const result = client.run(input);
    expect(requests[0]).toMatchObject({ inputFormat: HOP_FORMAT, outputFormat: HOP_FORMAT });
    expect(decodeHop(requests[0]!.payload)).toEqual(input);
    settle({ payload: encodeHop(new Map([['a', 1]])) });
    expect(await result).toEqual(new Map([['a', 1]]));
  });

  it('should pass a large input by its slot, and give a value that does not lie in one', async () => {
    const release = vi.fn();
    const slotOf = (bytes: Buffer): SharedBytes => ({
      handle: { region: 1, generation: 1, offset: 0, length: bytes.length },
      bytes,
      hold: () => undefined,
      release,
    });
    const input = slotOf(encodeHop('the slot'));
    const { client, requests, settle } = clientOf(undefined, { store: () => input });
    const result = client.run('large');
    expect([requests[0]?.shared, requests[0]?.payload, release.mock.calls.length]).toEqual([input, input.bytes, 1]);
    const answer = slotOf(encodeHop(Buffer.from('bytes')));
    settle({ payload: answer.bytes, shared: answer });
    answer.bytes.fill('!');
    expect(String(await result)).toBe('bytes');
  });

  it('should be called by an id of its own each time', () => {
    const { client, requests } = clientOf();
    for (let call = 0; call < 2; call += 1) void client.run(1);
    const ids = requests.map(({ context }) => (JSON.parse(context) as { id: string }).id);
    expect(ids[0]).toMatch(/^[0-9a-f-]{36}$/);
    expect(ids[1]).not.toBe(ids[0]);
  });

  it('should reject with the error that would have decided the answer', async () => {
    const { client, settle } = clientOf();
    const result = client.run(1);
    const error = new ServerError('no');
    settle({ error });
    await expect(result).rejects.toBe(error);
    const refusal = new OverloadedError('full');
    const { signal } = new AbortController();
    await expect(clientOf(refusal).client.run(1, { signal })).rejects.toBe(refusal);
  });

  it('should reject what cannot be handed over, before it is submitted', async () => {
    const { client, requests } = clientOf();
    await expect(client.run(() => 1)).rejects.toThrow();
    expect(requests).toEqual([]);
  });
});

describe('when a call has a timeout', () => {
  it.each([
    [undefined, 3000],
    [50, 50],
    [60_000, 60_000],
    [Infinity, Infinity],
  ])('should be its own or that of the server: %s', (timeoutMs, expected) => {
    const { client, requests } = clientOf();
    const before = monotonicNow();
    void client.run(1, { timeoutMs });
    const { deadline } = requests[0]!;
    expect(deadline).toBeGreaterThanOrEqual(before + expected);
    expect(deadline).toBeLessThanOrEqual(monotonicNow() + expected);
  });

  it.each([NaN, '50' as unknown as number])('should refuse what is no number: %s', async (timeoutMs) => {
    const { client, requests } = clientOf();
    await expect(client.run(1, { timeoutMs })).rejects.toThrow(
      new TypeError(`timeoutMs is "${timeoutMs}": give a number of milliseconds.`),
    );
    expect(requests).toEqual([]);
  });
});

describe('when a call can be cancelled', () => {
  it('should abandon its work and reject, with the reason as the cause', async () => {
    const { client, abandon } = clientOf();
    const controller = new AbortController();
    const result = client.run(1, { signal: controller.signal });
    controller.abort('user left');
    await expect(result).rejects.toMatchObject({ code: 'CANCELLED', cause: 'user left' });
    expect(abandon).toHaveBeenCalledOnce();
  });

  it('should not even be submitted where it was cancelled before', async () => {
    const { client, requests } = clientOf();
    await expect(client.run(1, { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(requests).toEqual([]);
  });

  it('should let go of a signal that outlives it', async () => {
    const { client, settle, abandon } = clientOf();
    const controller = new AbortController();
    const add = vi.spyOn(controller.signal, 'addEventListener');
    const result = client.run(1, { signal: controller.signal });
    expect(add).toHaveBeenCalledOnce();
    settle({ payload: encodeHop(1) });
    await result;
    controller.abort();
    expect(abandon).not.toHaveBeenCalled();
  });
});

describe('when a pipeline is called that streams', () => {
  const limits = { streamTimeoutMs: 0, streamIdleTimeoutMs: 60_000 };

  function streamClientOf() {
    const requests: PipelineRequest[] = [];
    const task = { abandon: vi.fn(), consumed: vi.fn() };
    let settle!: (outcome: Outcome) => void;
    const submit = (request: PipelineRequest, answer: (outcome: Outcome) => void) => {
      requests.push(request);
      settle = answer;
      return task;
    };
    const pipeline = { submit, name: 'Chat' } as unknown as Pipeline;
    const of = (limitsOf?: typeof limits) =>
      new EnginePipelineClient(
        () => pipeline,
        3000,
        [],
        () => undefined,
        limitsOf,
      );
    const stream = of(limits).stream as unknown as (
      input: unknown,
      options?: StreamRunOptions,
    ) => AsyncIterable<Streamed>;
    const send = (text: string): void => requests.at(-1)!.stream!.onEvents(Buffer.from(text), 1);
    return { stream, plain: of(), requests, task, send, settle: (outcome: Outcome) => settle(outcome) };
  }

  it('should ask for a stream with the limits of the server, or its own', async () => {
    const { stream, requests } = streamClientOf();
    const begin = (options?: StreamRunOptions): void => void stream('in', options)[Symbol.asyncIterator]().next();
    begin();
    begin({ timeoutMs: 50, streamTimeoutMs: 70, streamIdleTimeoutMs: 0, lastEventId: 'e-1' });
    expect(requests.map((request) => request.stream)).toMatchObject([
      { eventFormat: HOP_FORMAT, timeoutMs: Infinity, idleTimeoutMs: 60_000 },
      { eventFormat: HOP_FORMAT, timeoutMs: 70, idleTimeoutMs: Infinity },
    ]);
    expect(JSON.parse(requests[1]!.context)).toMatchObject({ lastEventId: 'e-1' });
    expect(requests[1]!.deadline - monotonicNow()).toBeLessThanOrEqual(50);
    expect(() => begin({ streamTimeoutMs: NaN })).toThrow('streamTimeoutMs is "NaN"');
  });

  it('should give its events, a new call for every loop', async () => {
    const { stream, requests, send, settle } = streamClientOf();
    const events = stream('in');
    for (const text of ['one', 'two']) {
      const read: Streamed[] = [];
      const loop = (async () => {
        for await (const event of events) read.push(event);
      })();
      send(`"${text}"\n`);
      settle({ payload: Buffer.alloc(0) });
      await loop;
      expect(read).toEqual([text]);
    }
    expect(requests).toHaveLength(2);
  });

  it('should be cancelled when the loop is left, and throw what went wrong into it', async () => {
    const { stream, task, send, settle } = streamClientOf();
    const left = (async () => {
      for await (const _event of stream('in')) break;
    })();
    send('"a"\n');
    await left;
    expect(task.abandon.mock.calls).toMatchObject([[{ code: 'CANCELLED' }]]);
    const failed = stream('in')[Symbol.asyncIterator]().next();
    settle({ error: new ServerError('broken') });
    await expect(failed).rejects.toThrow('broken');
  });

  it('should be cancelled by a signal, before and after it has begun', async () => {
    const { stream, task, requests } = streamClientOf();
    const first = stream('in', { signal: AbortSignal.abort() })[Symbol.asyncIterator]();
    await expect(first.next()).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(requests).toEqual([]);
    const stop = new AbortController();
    void stream('in', { signal: stop.signal })[Symbol.asyncIterator]().next();
    stop.abort();
    expect(task.abandon.mock.calls).toMatchObject([[{ code: 'CANCELLED' }]]);
  });

  it('should refuse one that does not stream, by name and with the cure', () => {
    const { plain } = streamClientOf();
    expect(() => (plain.stream as unknown as (input: unknown) => unknown)('in')).toThrow(
      'Pipeline "Chat" does not stream: call run(), or end it with an @SseStage.',
    );
  });
});
