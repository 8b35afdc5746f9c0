import { describe, expect, it, vi } from 'vitest';
import { MosecError, OverloadedError, type Outcome, type SharedBytes } from '#libs/contracts';
import { decodeHop } from '#libs/codec';
import type { Pipeline, PipelineRequest } from '#libs/pipeline';
import type { Tensors } from '../tensor.js';
import { ItemRuns } from './item-runs.js';

interface Submitted {
  readonly request: PipelineRequest;
  readonly answer: (outcome: Outcome) => void;
  readonly abandon: ReturnType<typeof vi.fn>;
}

/** A pipeline that takes `room` items and refuses the next one. */
function bench({
  count = 3,
  room = Infinity,
  store,
}: { count?: number; room?: number; store?: () => SharedBytes } = {}) {
  const submitted: Submitted[] = [];
  const submit = (request: PipelineRequest, answer: (outcome: Outcome) => void) => {
    if (submitted.length >= room) return void answer({ error: new OverloadedError('full') });
    // As the engine does: who gives an item up gets its outcome at once.
    const task = { request, answer, abandon: vi.fn((error: MosecError) => answer({ error })) };
    submitted.push(task);
    return task;
  };
  const done = vi.fn<(error: MosecError | undefined, outcomes: readonly Outcome[]) => void>();
  const pipeline = { submit } as unknown as Pipeline;
  const runs = new ItemRuns({ pipeline, store: store && { store }, context: '{"id":"a"}', deadline: 5, done });
  runs.start(
    Array.from({ length: count }, (_, i): Tensors => ({ x: { dtype: 'int8', shape: [], data: Int8Array.of(i) } })),
  );
  return { runs, submitted, done };
}

const sharedBytes = () => ({ handle: {}, bytes: Buffer.alloc(0), hold: vi.fn(), release: vi.fn() });
const payload = Buffer.from('x');

describe('when items run through a pipeline', () => {
  it('should submit each with the deadline and context of the request', () => {
    const { submitted } = bench();
    expect(submitted.map(({ request }) => decodeHop(request.payload))).toMatchObject(
      [0, 1, 2].map((i) => ({ x: { data: Int8Array.of(i) } })),
    );
    expect(submitted[0]?.request).toMatchObject({ deadline: 5, context: '{"id":"a"}' });
  });

  it('should be done once, when all are, in their order', () => {
    const { submitted, done } = bench();
    for (const i of [2, 0]) submitted[i]?.answer({ payload: Buffer.from(String(i)) });
    expect(done).not.toHaveBeenCalled();
    submitted[1]?.answer({ payload: Buffer.from('1') });
    expect(done).toHaveBeenCalledOnce();
    expect(done.mock.calls[0]?.[1].map((outcome) => String(outcome.payload))).toEqual(['0', '1', '2']);
  });

  it('should give the others up when one fails, and tell of the first failure alone', () => {
    const { submitted, done } = bench();
    const error = new MosecError('no', 422, 'VALIDATION');
    submitted[1]?.answer({ error });
    expect(submitted.map(({ abandon }) => abandon.mock.calls.length)).toEqual([1, 1, 1]);
    submitted[0]?.answer({ payload });
    expect(done.mock.calls).toEqual([[error, []]]);
  });

  it('should submit no more when one is refused', () => {
    const { submitted, done } = bench({ count: 5, room: 2 });
    expect(submitted).toHaveLength(2);
    expect(submitted.every(({ abandon }) => abandon.mock.calls.length === 1)).toBe(true);
    expect(done.mock.calls[0]?.[0]).toBeInstanceOf(OverloadedError);
  });

  it('should give all up when nobody waits any more', () => {
    const { runs, submitted, done } = bench();
    const error = new MosecError('the client went away', 499, 'CANCELLED');
    runs.abandon(error);
    runs.abandon(error);
    expect(submitted.map(({ abandon }) => abandon.mock.calls.length)).toEqual([1, 1, 1]);
    expect(done.mock.calls).toEqual([[error, []]]);
  });

  it('should hold outcomes in shared memory until they are released, and let go of them when another fails', () => {
    const { runs, submitted, done } = bench({ count: 2 });
    const [first, second] = [sharedBytes(), sharedBytes()];
    submitted[0]?.answer({ payload, shared: first as never });
    submitted[1]?.answer({ payload, shared: second as never });
    expect([first.hold, second.hold, done].map((spy) => spy.mock.calls.length)).toEqual([1, 1, 1]);
    expect(first.release).not.toHaveBeenCalled();
    runs.release();
    runs.release();
    expect([first.release, second.release].map((spy) => spy.mock.calls.length)).toEqual([1, 1]);

    const failing = bench({ count: 2 });
    const held = sharedBytes();
    failing.submitted[1]?.answer({ payload, shared: held as never });
    failing.submitted[0]?.answer({ error: new MosecError('no', 500, 'SERVER') });
    expect(held.release).toHaveBeenCalledOnce();
  });

  it('should let go of the slots of its items once they are submitted', () => {
    const slot = sharedBytes();
    bench({ count: 2, store: () => slot as never });
    expect(slot.release).toHaveBeenCalledTimes(2);
  });
});
