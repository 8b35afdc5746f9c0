import { describe, expect, it } from 'vitest';
import { HOP_FORMAT, MosecError, type Outcome, type SharedBytes } from '#libs/contracts';
import { Task, type Journey } from './task.js';

class CountedBytes implements SharedBytes {
  readonly handle = { region: 1, generation: 1, offset: 0, length: 1 };
  readonly bytes = Buffer.alloc(1);
  holds = 0;
  hold(): void {
    this.holds++;
  }
  release(): void {
    this.holds--;
  }
}

/** A task in the first of two stages, whose body lies in shared memory. */
function taskOf() {
  const body = new CountedBytes();
  const answers: Outcome[] = [];
  const journey: Journey = {
    isLast: (stage) => stage === 1,
    hopFormat: () => HOP_FORMAT,
    enter: () => undefined,
    leave: () => undefined,
    opened: () => {
      throw new Error('no events come here');
    },
    streamed: () => undefined,
    consumed: () => undefined,
    done: () => undefined,
  };
  const request = {
    payload: body.bytes,
    shared: body,
    inputFormat: 0,
    outputFormat: 0,
    context: '{}',
    deadline: Infinity,
  };
  const task = new Task(journey, request, 0, (outcome) => answers.push(outcome));
  const settle = (shared: CountedBytes): void => task.settle({ payload: shared.bytes, shared });
  return { task, body, answers, settle };
}

describe('when payloads of a task lie in shared memory', () => {
  it('should hold the body until the outcome of the first stage, and what comes then until that of the next', () => {
    const { task, body, settle, answers } = taskOf();
    const [middle, last] = [new CountedBytes(), new CountedBytes()] as const;
    expect([body.holds, task.shared]).toEqual([1, body]);
    settle(middle);
    expect([body.holds, middle.holds, task.shared, task.inputFormat]).toEqual([0, 1, middle, HOP_FORMAT]);
    settle(last);
    expect([middle.holds, last.holds, answers[0]?.shared]).toEqual([0, 0, last]);
  });

  it('should let go of them when nobody waits any more, and take nothing that comes later', () => {
    const { task, body, settle } = taskOf();
    task.abandon(new MosecError('gone', 499, 'CANCELLED'));
    const late = new CountedBytes();
    settle(late);
    task.expire();
    expect([body.holds, late.holds]).toEqual([0, 0]);
  });

  it('should let go of the body when a stage fails', () => {
    const { task, body } = taskOf();
    task.settle({ error: new MosecError('no', 500, 'INTERNAL') });
    expect(body.holds).toBe(0);
  });
});
