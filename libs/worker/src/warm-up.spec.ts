import { describe, expect, it } from 'vitest';
import { ValidationError, type StageCall } from '#libs/contracts';
import { decodeHop } from '#libs/codec';
import { StageExecutor } from './stage-executor.js';
import type { StageInstance } from './stage-host.js';
import { encodeExamples, warmUp } from './warm-up.js';
import { hostOf } from './worker.fixture.js';

function run(instance: StageInstance, acceptInput?: (value: unknown) => unknown): Promise<void> {
  return warmUp(instance, new StageExecutor(hostOf(instance, { acceptInput })));
}

const examplesOf = (instance: StageInstance) =>
  encodeExamples(instance).map((text) => decodeHop(Buffer.from(text, 'base64')));

describe('when a stage has examples', () => {
  const seen: unknown[] = [];
  const itemStage = { forward: (item: unknown, call: StageCall) => void seen.push([call.id, item]) };
  const batchStage = { forwardBatch: (items: unknown[]) => (seen.push(items), items) };

  it.each([
    ['its one example', { ...itemStage, example: 1 }, [['warm-up', 1]], [1]],
    ['its one example as a batch of one', { ...batchStage, example: [1] }, [[[1]]], [[1]]],
    [
      'items one by one',
      { ...itemStage, multiExamples: [1, [2]] },
      [
        ['warm-up', 1],
        ['warm-up', [2]],
      ],
      [1, [2]],
    ],
    ['batches', { ...batchStage, multiExamples: [[1, 2], [3]] }, [[1, 2], [3]], [1, 2, 3]],
    ['the list in place of the one', { ...batchStage, example: 9, multiExamples: [[1]] }, [[1]], [1]],
    ['nothing', batchStage, [], []],
  ])('should run %s, and give the same items for a dry run', async (_what, stage, runs, items) => {
    seen.length = 0;
    await run(stage);
    expect(seen).toEqual(runs);
    expect(examplesOf(stage)).toEqual(items);
  });

  it('should run them as requests run: validated, after one another', async () => {
    const order: string[] = [];
    const forward = async (item: unknown) => {
      order.push(`in ${String(item)}`);
      await Promise.resolve();
      order.push(`out ${String(item)}`);
    };
    await run({ forward, multiExamples: [1, 2] }, (value) => (value as number) * 10);
    expect(order).toEqual(['in 10', 'out 10', 'in 20', 'out 20']);
  });
});

describe('when an example fails', () => {
  it.each([
    ['the stage throws', { forward: () => Promise.reject(new Error('no model')), example: 1 }],
    ['the stage returns an Error', { forwardBatch: () => [1, new Error('no model')], multiExamples: [[1, 2]] }],
  ])('should reject with what happened where %s', async (_why, stage) => {
    await expect(run(stage)).rejects.toMatchObject({ cause: expect.stringContaining('no model') as string });
  });

  it('should reject where the example itself is refused, without running those behind', async () => {
    const seen: unknown[] = [];
    const forward = (item: unknown) => void seen.push(item);
    const refuse = (value: unknown) => {
      if (value === 2) throw new ValidationError('2 is too much');
      return value;
    };
    await expect(run({ forward, multiExamples: [1, 2, 3] }, refuse)).rejects.toThrow('2 is too much');
    expect(seen).toEqual([1]);
  });
});
