import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  HOP_FORMAT,
  InferenceTimeoutError,
  OverloadedError,
  ServerError,
  UnavailableError,
  type Outcome,
} from '#libs/contracts';
import { ByteBudget } from './byte-budget.js';
import { DeadlineWheel } from './deadline-wheel.js';
import { FakePool } from './fake-pool.fixture.js';
import { Pipeline } from './pipeline.js';
import type { PipelineRequest } from './pipeline-request.js';

beforeEach(() => {
  vi.useFakeTimers({ now: 5000 });
});
afterEach(() => {
  vi.useRealTimers();
});

function open(stages: readonly string[], capacity = 8) {
  const pools = stages.map((stage) => new FakePool(stage));
  const answered = vi.fn();
  const budget = new ByteBudget(1000);
  const pipeline = new Pipeline({
    name: 'Chain',
    pools: pools.map((pool) => pool),
    wheel: new DeadlineWheel(() => Date.now()),
    capacity,
    budget,
    now: () => Date.now(),
    observer: { answered: (request, outcome, ms) => void answered(request.context, request.stage, outcome, ms) },
  });
  const outcomes: Outcome[] = [];
  const submit = (part: Partial<PipelineRequest> = {}) =>
    pipeline.submit(
      { payload: Buffer.from('in'), inputFormat: 1, outputFormat: 2, context: '{}', deadline: Infinity, ...part },
      (outcome) => outcomes.push(outcome),
    );
  return { pipeline, pools, outcomes, submit, answered, budget };
}

const texts = (outcomes: readonly Outcome[]) =>
  outcomes.map(({ payload, error }) => (payload ? Buffer.from(payload).toString() : error.message));

describe('when a request goes through a pipeline', () => {
  it('should go through a single stage in the formats of both edges', () => {
    const { pools, outcomes, submit } = open(['A']);
    submit();
    expect(pools[0]!.seen).toEqual([{ input: 1, output: 2, payload: 'in' }]);
    pools[0]!.answer('out');
    expect(texts(outcomes)).toEqual(['out']);
  });

  it('should be handed over between stages, and keep the formats of the edges', () => {
    const { pools, outcomes, submit } = open(['A', 'B', 'C']);
    submit();
    pools[0]!.answer('a');
    pools[1]!.answer('b');
    pools[2]!.answer('c');
    expect(pools.flatMap((pool) => pool.seen)).toEqual([
      { input: 1, output: HOP_FORMAT, payload: 'in' },
      { input: HOP_FORMAT, output: HOP_FORMAT, payload: 'a' },
      { input: HOP_FORMAT, output: 2, payload: 'b' },
    ]);
    expect(texts(outcomes)).toEqual(['c']);
  });

  it('should be answered with the error of a stage, without going on', () => {
    const { pools, outcomes, submit } = open(['A', 'B']);
    submit();
    const error = new ServerError('broken');
    pools[0]!.items[0]!.settle({ error });
    expect(outcomes).toEqual([{ error }]);
    expect(pools[1]!.seen).toEqual([]);
  });

  it('should tell the observer how long it took and at which stage it was', () => {
    const { pools, submit, answered } = open(['A', 'B']);
    submit({ context: '{"id":"r"}' });
    vi.setSystemTime(5030);
    pools[0]!.answer('a');
    vi.setSystemTime(5100);
    pools[1]!.answer('b');
    expect(answered.mock.calls).toEqual([['{"id":"r"}', 1, { payload: Buffer.from('b') }, 100]]);
  });

  it('should count the values between its stages, and only as long as they are held', () => {
    const { pools, submit, budget } = open(['A', 'B', 'C']);
    const task = submit()!;
    submit();
    expect(budget.heldBytes).toBe(0);
    pools[0]!.answer('12345');
    pools[0]!.answer('12');
    expect(budget.heldBytes).toBe(7);
    pools[1]!.answer('123');
    expect(budget.heldBytes).toBe(5);
    task.abandon(new UnavailableError('gone'));
    expect(budget.heldBytes).toBe(2);
    pools[1]!.answer('1');
    pools[2]!.answer('out');
    expect(budget.heldBytes).toBe(0);
  });

  it('should be named with its stages', () => {
    const { pipeline } = open(['A', 'B']);
    expect([pipeline.name, pipeline.stages]).toEqual(['Chain', ['A', 'B']]);
  });
});

describe('when a deadline passes in a pipeline', () => {
  it('should answer 408 at that moment, whatever the stage, and stop the work there', () => {
    const { pools, outcomes, submit } = open(['A', 'B']);
    submit({ deadline: 5100 });
    pools[0]!.answer('a');
    vi.advanceTimersByTime(99);
    expect(outcomes).toEqual([]);
    vi.advanceTimersByTime(17);
    expect(outcomes).toMatchObject([{ error: { statusCode: 408, code: 'TIMEOUT' } }]);
    expect(outcomes[0]!.error).toBeInstanceOf(InferenceTimeoutError);
    expect([pools[0]!.dropped.length, pools[1]!.dropped.length, pools[1]!.items.length]).toEqual([0, 1, 0]);
  });

  it('should not answer again, and leave no timer, where the answer was there', () => {
    const { pools, outcomes, submit } = open(['A']);
    submit({ deadline: 5100 });
    pools[0]!.answer('out');
    vi.advanceTimersByTime(8);
    expect(vi.getTimerCount()).toBe(0);
    vi.advanceTimersByTime(60_000);
    expect(texts(outcomes)).toEqual(['out']);
  });
});

describe('when nobody waits for a request any more', () => {
  it('should answer with the reason once, and tell the stage', () => {
    const { pools, outcomes, submit } = open(['A']);
    const task = submit()!;
    const error = new UnavailableError('gone', { code: 'CANCELLED' });
    task.abandon(error);
    task.abandon(new ServerError('again'));
    expect(outcomes).toEqual([{ error }]);
    expect(pools[0]!.dropped).toEqual([task]);
  });

  it('should ignore a result that comes nevertheless, and not go on to the next stage', () => {
    const { pools, outcomes, submit } = open(['A', 'B']);
    const task = submit()!;
    task.abandon(new UnavailableError('gone'));
    task.settle({ payload: Buffer.from('late') });
    expect(texts(outcomes)).toEqual(['gone']);
    expect(pools[1]!.seen).toEqual([]);
  });

  it('should not disturb one that has its answer', () => {
    const { pools, outcomes, submit } = open(['A']);
    const task = submit()!;
    pools[0]!.answer('out');
    task.abandon(new UnavailableError('gone'));
    expect(texts(outcomes)).toEqual(['out']);
    expect(pools[0]!.dropped).toEqual([]);
  });
});

describe('when a stage is full', () => {
  it.each([0, 1])('should refuse at the door, before any work: stage %d', (full) => {
    const { pools, outcomes, submit } = open(['A', 'B'], 2);
    submit();
    submit();
    if (full === 1) {
      pools[0]!.answer('a');
      pools[0]!.answer('b');
    }
    expect(submit()).toBeUndefined();
    expect(outcomes).toMatchObject([{ error: { statusCode: 429, code: 'QUEUE_FULL' } }]);
    expect(outcomes[0]!.error).toBeInstanceOf(OverloadedError);
    expect(pools[0]!.seen).toHaveLength(2);
    expect(pools.map(({ refused }) => refused.join())).toEqual(full === 0 ? ['QUEUE_FULL', ''] : ['', 'QUEUE_FULL']);
  });

  it('should accept again when there is room', () => {
    const { pools, submit } = open(['A'], 1);
    submit();
    expect(submit()).toBeUndefined();
    pools[0]!.answer('a');
    expect(submit()).toBeDefined();
  });
});

describe('when a pipeline drains', () => {
  it('should refuse what is new and finish what is inside', async () => {
    const { pipeline, pools, outcomes, submit } = open(['A']);
    submit();
    pipeline.drain();
    expect(submit()).toBeUndefined();
    expect(outcomes).toMatchObject([{ error: { statusCode: 503, code: 'DRAINING' } }]);
    const idle = vi.fn();
    const waiting = pipeline.whenIdle().then(idle);
    await vi.advanceTimersByTimeAsync(0);
    expect([pipeline.inFlight, idle.mock.calls.length]).toEqual([1, 0]);
    pools[0]!.answer('out');
    await waiting;
    expect([pipeline.inFlight, outcomes.length]).toEqual([0, 2]);
  });

  it('should be idle at once where nothing is inside', async () => {
    await expect(open(['A']).pipeline.whenIdle()).resolves.toBeUndefined();
  });

  it('should answer 503 to what is left, and stop the work', async () => {
    const { pipeline, pools, outcomes, submit } = open(['A', 'B']);
    submit();
    submit();
    pools[0]!.answer('a');
    const idle = pipeline.whenIdle();
    pipeline.abandonAll();
    await idle;
    expect(outcomes.map(({ error }) => [error?.statusCode, error?.code])).toEqual([
      [503, 'DRAINING'],
      [503, 'DRAINING'],
    ]);
    expect(pools.map(({ dropped }) => dropped.length)).toEqual([1, 1]);
  });
});

describe('when requests come by several routes', () => {
  it('should have those of a route take turns with those of others, through all stages', () => {
    const { pools, submit } = open(['A', 'B']);
    for (const route of ['/a', '/a', '/b', undefined]) submit({ route });
    const flows = pools[0]!.items.map(({ flow }) => flow);
    expect(new Set(flows).size).toBe(3);
    expect(flows[0]).toBe(flows[1]);
    pools[0]!.answer('a');
    expect(pools[1]!.items[0]!.flow).toBe(flows[0]);
  });

  it('should refuse a route whose share is full, and no other', () => {
    const { outcomes, submit } = open(['A'], 2);
    const accepted = ['/a', '/a', '/a', '/b'].map((route) => submit({ route }) !== undefined);
    expect(accepted).toEqual([true, true, false, true]);
    expect(outcomes).toMatchObject([{ error: { code: 'QUEUE_FULL' } }]);
  });
});
