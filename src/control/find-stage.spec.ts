import { describe, expect, it } from 'vitest';
import { Stage } from '../decorators/stage.decorator.js';
import { stageRuntime } from '../decorators/stage-runtime.js';
import type { RunningStage } from './running-stage.interface.js';
import { findStage } from './find-stage.js';

@Stage()
class Classify {
  forward(): number {
    return 1;
  }
}

const onGpu = stageRuntime(Classify, { replicas: 2 });
const stages = [
  { ref: Classify, pool: { stage: 'Classify' } },
  { ref: onGpu, pool: { stage: 'Classify_2' } },
] as unknown as RunningStage[];

describe('when a stage is looked for', () => {
  it('should be found by its class, its runtime, and its name', () => {
    expect([findStage(stages, Classify), findStage(stages, 'Classify')]).toEqual([stages[0], stages[0]]);
    expect([findStage(stages, onGpu), findStage(stages, 'Classify_2')]).toEqual([stages[1], stages[1]]);
  });

  it('should tell which there are where it is not among them', () => {
    const refused = expect.objectContaining({
      statusCode: 404,
      message: 'there is no stage "Tokenize"; the stages are: "Classify", "Classify_2"',
    }) as Error;
    expect(() => findStage(stages, 'Tokenize')).toThrow(refused);
    expect(() => findStage([stages[0]!], onGpu)).toThrow('there is no stage "Classify"');
  });
});
