import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ClientError, MosecError, type Outcome } from '#libs/contracts';
import { ByteBudget } from './byte-budget.js';
import { DeadlineWheel } from './deadline-wheel.js';
import { FakePool } from './fake-pool.fixture.js';
import { Pipeline } from './pipeline.js';
import type { Task } from './task.js';

beforeEach(() => {
  vi.useFakeTimers({ now: 5000 });
});
afterEach(() => {
  vi.useRealTimers();
});

/** A request that streams from the second of two stages; the sink reads at once unless `reads` is false. */
function streamOf({ reads = true, stream: part = {}, deadline = 6000 } = {}) {
  const pools = ['A', 'B'].map((stage) => new FakePool(stage));
  const streams = { opened: vi.fn(), streamed: vi.fn(), closed: vi.fn() };
  const wheel = new DeadlineWheel(() => Date.now());
  const budget = new ByteBudget(1000);
  const pipeline = new Pipeline({
    name: 'Chain',
    pools: pools.map((pool) => pool),
    wheel,
    capacity: 8,
    budget,
    now: () => Date.now(),
    observer: { answered: () => undefined },
    streams,
  });
  const outcomes: Outcome[] = [];
  const received: string[] = [];
  const onEvents = (payload: Uint8Array): void => {
    received.push(Buffer.from(payload).toString());
    if (reads) task.consumed(payload.length);
  };
  const limits = { eventFormat: 1, timeoutMs: Infinity, idleTimeoutMs: Infinity, ...part };
  const request = { payload: Buffer.from('in'), inputFormat: 0, outputFormat: 0, context: '{}', deadline };
  const task = pipeline.submit({ ...request, stream: { ...limits, onEvents } }, (outcome) =>
    outcomes.push(outcome),
  ) as Task;
  return { task, pools: pools as [FakePool, FakePool], streams, outcomes, received, pipeline, budget };
}

/** The same, with its first event there. */
function openStream(options?: Parameters<typeof streamOf>[0]) {
  const bench = streamOf(options);
  bench.pools[0].answer('hop');
  const send = (text: string): void => bench.task.receive(Buffer.from(text), 1);
  send('first');
  return { ...bench, send };
}

const codes = (outcomes: readonly Outcome[]) => outcomes.map(({ error }) => error?.code ?? 'ok');

describe('when the last stage of a pipeline streams', () => {
  it('should ask for events in the format wanted, of that stage alone', () => {
    const { task, pools } = streamOf();
    expect(task.eventFormat).toBeUndefined();
    pools[0].answer('hop');
    expect(task.eventFormat).toBe(1);
  });

  it('should pass events on as they come, and then the outcome', () => {
    const { received, pools, outcomes, send, streams } = openStream();
    vi.advanceTimersByTime(100);
    send('second');
    pools[1].answer('');
    expect([received, codes(outcomes)]).toEqual([['first', 'second'], ['ok']]);
    expect(streams.opened.mock.calls).toEqual([[0]]);
    expect(streams.streamed.mock.calls).toEqual([[1], [1]]);
    expect(streams.closed.mock.calls).toEqual([['completed', 100]]);
    send('late');
    expect(received).toHaveLength(2);
  });

  it('should tell the stage of what was read', () => {
    const { pools, task, send } = openStream({ reads: false });
    send('second');
    expect(pools[1].read).toEqual([]);
    task.consumed(5);
    expect(pools[1].read).toEqual([5]);
    pools[1].answer('');
    task.consumed(6);
    expect(pools[1].read).toEqual([5]);
  });

  it('should need what came in no more once it streams', () => {
    const { task, budget } = openStream();
    expect([task.payload.length, budget.heldBytes]).toEqual([0, 3]);
  });

  it('should drop, and read, events that nobody asked for', () => {
    const { pipeline, pools } = streamOf();
    const outcomes: Outcome[] = [];
    const request = { payload: Buffer.from('in'), inputFormat: 0, outputFormat: 0, context: '{}', deadline: Infinity };
    const plain = pipeline.submit(request, (outcome) => outcomes.push(outcome)) as Task;
    pools[0].items.pop()!.settle({ payload: Buffer.from('hop') });
    plain.receive(Buffer.from('event'), 1);
    expect(pools[1].read).toEqual([5]);
    plain.settle({ payload: Buffer.from('value') });
    expect(codes(outcomes)).toEqual(['ok']);
  });
});

describe('when a stream takes its time', () => {
  it('should have its deadline for the first event alone', () => {
    const late = streamOf();
    vi.advanceTimersByTime(1100);
    expect(codes(late.outcomes)).toEqual(['TIMEOUT']);
    expect(late.streams.closed).not.toHaveBeenCalled();
    const { outcomes } = openStream({ deadline: 7000 });
    vi.advanceTimersByTime(60_000);
    expect(outcomes).toEqual([]);
  });

  it('should end after its time as a whole, however busy', () => {
    const { outcomes, send, streams, pools } = openStream({ stream: { timeoutMs: 1000, idleTimeoutMs: 200 } });
    for (let i = 0; i < 11; i++) {
      vi.advanceTimersByTime(100);
      send('more');
    }
    expect(outcomes[0]?.error?.message).toBe('the stream took too long');
    expect([streams.closed.mock.calls[0]?.[0], pools[1].dropped.length]).toEqual(['timeout', 1]);
  });

  it('should end when it falls silent, counted from the last event', () => {
    const { outcomes, send } = openStream({ stream: { idleTimeoutMs: 200 } });
    vi.advanceTimersByTime(190);
    send('more');
    vi.advanceTimersByTime(190);
    expect(outcomes).toEqual([]);
    vi.advanceTimersByTime(30);
    expect(outcomes[0]?.error?.message).toBe('the stream fell silent');
  });

  it('should not be blamed for a silence in which the client does not read', () => {
    const { outcomes, task } = openStream({ reads: false, stream: { idleTimeoutMs: 200 } });
    const window = { isBehind: true };
    task.window = window as never;
    vi.advanceTimersByTime(1000);
    expect(outcomes).toEqual([]);
    window.isBehind = false;
    task.consumed(5);
    vi.advanceTimersByTime(190);
    expect(outcomes).toEqual([]);
    vi.advanceTimersByTime(40);
    expect(codes(outcomes)).toEqual(['TIMEOUT']);
  });

  it('should leave no timer behind', () => {
    const { pools } = openStream({ stream: { timeoutMs: 1000, idleTimeoutMs: 200 } });
    pools[1].answer('');
    // The wheel's own timer ends with its next tick.
    vi.advanceTimersByTime(8);
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('when a stream ends', () => {
  it.each([
    ['cancelled', new MosecError('gone', 499, 'CANCELLED')],
    ['slow_client', new MosecError('slow', 408, 'SLOW_CLIENT')],
    ['error', new ClientError('no')],
  ])('should be told apart: %s', (outcome, error) => {
    const { task, streams } = openStream();
    task.abandon(error);
    expect(streams.closed.mock.calls).toEqual([[outcome, 0]]);
  });

  it('should be cut off with the others when the drain is over', () => {
    const { pipeline, outcomes } = openStream();
    pipeline.abandonAll();
    expect(codes(outcomes)).toEqual(['DRAINING']);
  });
});
