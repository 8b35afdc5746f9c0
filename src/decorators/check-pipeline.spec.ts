import { describe, expect, it } from 'vitest';
import { MosecConfigurationError } from '../interfaces/mosec-configuration.error.js';
import { checkPipelines } from './check-pipeline.js';
import { PipelineOf } from './pipeline-of.js';
import { Pipeline } from './pipeline.decorator.js';
import { Route } from './route.decorator.js';
import { Stage } from './stage.decorator.js';
import { stageRuntime } from './stage-runtime.js';

@Stage()
class Length {
  forward(text: string): number {
    return text.length;
  }
}

class Derived extends Length {}

@Pipeline([Length])
class Plain {}

class Extended extends PipelineOf(Length) {}

const check =
  (...classes: unknown[]) =>
  () =>
    checkPipelines(classes, { reservedPaths: [] });
const refusal = (message: string) => new MosecConfigurationError(message);

/** As written without a type checker. */
function pipelineOf(stages: readonly unknown[]): unknown {
  @Pipeline(stages as never)
  class Broken {}
  return Broken;
}

describe('when pipelines are put together well', () => {
  it('should accept both ways to declare one, and one listed twice', () => {
    expect(check(Plain, Extended, Plain)).not.toThrow();
  });

  it('should accept a stage shared by two pools', () => {
    expect(check(Plain, pipelineOf([Length, stageRuntime(Length, { replicas: 2 })]))).not.toThrow();
  });
});

describe('when a stage has pools of its own', () => {
  it('should check the options of each', () => {
    expect(check(pipelineOf([stageRuntime(Length, { replicas: 0 }), Length]))).toThrow(
      refusal('Stage "Length" has replicas "0": give an integer of at least 1.'),
    );
  });
});

describe('when routes are reserved', () => {
  it('should check them', () => {
    @Route('/metrics')
    @Pipeline([Length])
    class Metrics {}
    expect(() => checkPipelines([Metrics], { reservedPaths: ['/metrics'] })).toThrow(
      refusal(
        `Route "/metrics" of pipeline "Metrics" is reserved for the server's own "/metrics": choose another path.`,
      ),
    );
  });
});

describe('when something that is no pipeline is listed', () => {
  it.each([
    [undefined, 'undefined'],
    ['Plain', 'Plain'],
    [() => Plain, ''],
  ])('should refuse %s', (value, name) => {
    expect(check(value)).toThrow(
      refusal(
        `MosecModule.forFeature() lists "${name}", which is not a class: ` +
          'list pipeline classes, and move one to a file of its own if two files import each other.',
      ),
    );
  });

  it('should refuse a class without @Pipeline', () => {
    expect(check(Plain, Length)).toThrow(
      refusal('Class "Length" is not a pipeline: decorate it with @Pipeline([...]), or let it extend PipelineOf(...).'),
    );
  });

  it('should refuse a class that is declared both ways', () => {
    @Pipeline([Length])
    class Both extends PipelineOf(Length) {}
    expect(check(Both)).toThrow(
      refusal('Pipeline "Both" has @Pipeline and extends PipelineOf(...): keep one of the two.'),
    );
  });
});

describe('when the list of stages is wrong', () => {
  it('should refuse an empty one', () => {
    expect(check(pipelineOf([]))).toThrow(
      refusal('Pipeline "Broken" has no stages: list at least one in @Pipeline([...]).'),
    );
  });

  it.each([
    ['undefined', [Length, undefined]],
    ['a number', [Length, 7]],
    ['a runtime of undefined', [Length, stageRuntime(undefined as never, {})]],
  ])('should refuse %s in it', (_kind, stages) => {
    expect(check(pipelineOf(stages))).toThrow(
      refusal(
        `Stage 2 of pipeline "Broken" is "${stages[1] === 7 ? '7' : 'undefined'}", not a class: ` +
          'list classes that have @Stage, and move one to a file of its own if two files import each other.',
      ),
    );
  });

  it('should refuse a class without a @Stage of its own', () => {
    expect(check(pipelineOf([Derived]))).toThrow(
      refusal(
        'Stage "Derived" has no @Stage or @SseStage: decorate the class itself, as that of a base class does not count.',
      ),
    );
  });
});
