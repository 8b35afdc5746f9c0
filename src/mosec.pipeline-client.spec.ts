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
} from '#libs/contracts';
import type { Pipeline, PipelineRequest } from '#libs/pipeline';
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
