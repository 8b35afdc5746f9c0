import { describe, expect, it } from 'vitest';
import { mergeStageOptions } from './merge-stage-options.js';
import { resolveStageRef } from './resolve-stage-ref.js';
import { stageRuntime } from './stage-runtime.js';

class Length {
  forward(text: string): number {
    return text.length;
  }
}

describe('when a place in a pipeline is taken apart', () => {
  it('should identify the shared pool of a class by the class', () => {
    expect(resolveStageRef(Length)).toEqual({ stageClass: Length, overrides: {}, runtime: Length });
  });

  it('should identify a pool of its own by its object', () => {
    const runtime = stageRuntime(Length, { replicas: 4 });
    const place = resolveStageRef(runtime);
    expect(place).toEqual({ stageClass: Length, overrides: { replicas: 4 }, runtime });
    expect(place.runtime).not.toBe(resolveStageRef(stageRuntime(Length, { replicas: 4 })).runtime);
  });
});

describe('when options are overridden', () => {
  it('should keep those that are left out or undefined', () => {
    const options = mergeStageOptions(
      { replicas: 2, maxWaitMs: 5, input: String },
      { replicas: 4, maxWaitMs: undefined },
    );
    expect(options).toEqual({ replicas: 4, maxWaitMs: 5, input: String });
  });
});
