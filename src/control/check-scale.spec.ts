import { describe, expect, it } from 'vitest';
import type { RunningStage } from './running-stage.interface.js';
import { checkScale } from './check-scale.js';

const stageOf = (part: Partial<RunningStage> = {}): RunningStage =>
  ({ pool: { stage: 'Classify' }, execution: 'process', maxBatchSize: 1, runsHere: true, ...part }) as RunningStage;

describe('when a stage is to have another number of workers', () => {
  it.each([
    [{}, 1],
    [{}, 1000],
    [{ execution: 'thread' as const }, 4],
    [{ envs: 3 }, 3],
    [{ autoscale: { min: 2, max: 4, targetQueueWaitMs: 1 } }, 4],
  ])('should let through what it can have: %j, %i', (part, replicas) => {
    expect(() => checkScale(stageOf(part), replicas)).not.toThrow();
  });

  it.each([
    [{ runsHere: false }, 2, 409, 'runs on worker hosts'],
    [{}, 0, 400, 'pause the stage'],
    [{}, -1, 400, 'give an integer from 1 to 1000'],
    [{}, NaN, 400, 'cannot be "NaN"'],
    [{}, 1001, 400, 'give an integer from 1 to 1000'],
    [{ execution: 'inline' as const }, 2, 409, "give it execution 'process' or 'thread'"],
    [{ envs: 3 }, 4, 409, 'has env for 3 replicas, so that there cannot be 4'],
    [{ autoscale: { min: 2, max: 4, targetQueueWaitMs: 1 } }, 1, 409, 'from 2 to 4 replicas, and 1 is outside'],
    [{ autoscale: { min: 2, max: 4, targetQueueWaitMs: 1 } }, 5, 409, 'from 2 to 4 replicas, and 5 is outside'],
  ])('should refuse what it cannot: %j, %d', (part, replicas, statusCode, text) => {
    const refused = expect.objectContaining({ statusCode, message: expect.stringContaining(text) as string }) as Error;
    expect(() => checkScale(stageOf(part), replicas)).toThrow(refused);
  });
});
