import { describe, expect, it } from 'vitest';
import { HOP_FORMAT, MosecError, STORED_FORMAT, type Held } from '#libs/contracts';
import { Task, type Journey } from './task.js';

class Counted implements Held {
  holds = 0;
  hold(): void {
    this.holds++;
  }
  release(): void {
    this.holds--;
  }
}

/** A task in the first of three stages, of which the first hands over through a store. */
function taskOf() {
  const journey: Journey = {
    isLast: (stage) => stage === 2,
    hopFormat: (stage) => (stage === 0 ? STORED_FORMAT : HOP_FORMAT),
    enter: () => undefined,
    leave: () => undefined,
    opened: () => {
      throw new Error('no events come here');
    },
    streamed: () => undefined,
    consumed: () => undefined,
    done: () => undefined,
  };
  const request = { payload: Buffer.alloc(1), inputFormat: 0, outputFormat: 5, context: '{}', deadline: Infinity };
  return new Task(journey, request, 0, () => undefined);
}

const settle = (task: Task, stored?: Held): void => task.settle({ payload: Buffer.alloc(1), stored });

describe('when values of a task lie in a store', () => {
  it('should ask each stage for the format of its hop, and the last for that of the request', () => {
    const task = taskOf();
    const formats = [0, 1, 2].map(() => {
      const { inputFormat, outputFormat } = task;
      settle(task);
      return [inputFormat, outputFormat];
    });
    expect(formats).toEqual([
      [0, STORED_FORMAT],
      [HOP_FORMAT, HOP_FORMAT],
      [HOP_FORMAT, 5],
    ]);
  });

  it('should hold each until the outcome of the next stage', () => {
    const [task, value] = [taskOf(), new Counted()];
    settle(task, value);
    expect(value.holds).toBe(1);
    settle(task);
    expect(value.holds).toBe(0);
  });

  it('should let go of it when the next stage fails, or nobody waits any more, and take none that comes later', () => {
    const [failed, left, value, other, late] = [taskOf(), taskOf(), new Counted(), new Counted(), new Counted()];
    settle(failed, value);
    failed.settle({ error: new MosecError('no', 500, 'INTERNAL') });
    settle(left, other);
    left.abandon(new MosecError('gone', 499, 'CANCELLED'));
    settle(left, late);
    expect([value.holds, other.holds, late.holds]).toEqual([0, 0, 0]);
  });
});
