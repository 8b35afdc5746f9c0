import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { MosecConfigurationError } from '../interfaces/mosec-configuration.error.js';
import type { StageOptions } from '../interfaces/stage-options.interface.js';
import { checkStage, checkStageNames, type CheckContext } from './check-stage.js';
import { resolveStageRef } from './resolve-stage-ref.js';
import { Stage } from './stage.decorator.js';
import { stageRuntime } from './stage-runtime.js';

const refusal = (message: string) => new MosecConfigurationError(message);

function item(options: StageOptions = {}) {
  @Stage(options)
  class Classify {
    forward(text: string): number {
      return text.length;
    }
  }
  return Classify;
}

const check =
  (stage: unknown, context: CheckContext = {}) =>
  () =>
    checkStage(resolveStageRef(stage as never), context);

describe('when the methods of a stage are checked', () => {
  it('should refuse a class with neither, and one with an arrow function for a method', () => {
    class Classify {
      forward = (text: string): string => text;
    }
    Stage()(Classify);
    expect(check(Classify)).toThrow(
      refusal(
        'Stage "Classify" has neither forward nor forwardBatch: add one of them, as a method and not as a property.',
      ),
    );
  });

  it('should refuse batches for forward alone, also when a runtime asks for them', () => {
    const message =
      'Stage "Classify" has maxBatchSize 8 but only forward, which takes one item: ' +
      'implement forwardBatch, or leave maxBatchSize out.';
    expect(check(item({ maxBatchSize: 8 }))).toThrow(refusal(message));
    expect(check(stageRuntime(item(), { maxBatchSize: 8 }))).toThrow(refusal(message));
  });

  it('should accept batches for forwardBatch, inherited too', () => {
    class Base {
      forwardBatch(items: string[]): string[] {
        return items;
      }
    }
    @Stage({ maxBatchSize: 8 })
    class Classify extends Base {}
    expect(check(Classify)).not.toThrow();
  });
});

describe('when the file of a stage is checked', () => {
  const entryFile = fileURLToPath(import.meta.url);

  it('should refuse an unknown one', () => {
    expect(check(item({ file: 'stages.js' }))).toThrow(
      refusal(
        'The file of stage "Classify" is unknown, and its workers have to import it: ' +
          'name it with @Stage({ file: import.meta.url }).',
      ),
    );
  });

  it('should refuse the main file', () => {
    expect(check(item(), { entryFile })).toThrow(
      refusal(
        'Stage "Classify" is declared in the main file, which every worker would run again: ' +
          'move it to a file of its own, and build with tsc or swc if a bundler put it there.',
      ),
    );
  });

  it('should accept both for a stage that needs no worker', () => {
    expect(check(item({ file: 'stages.js', execution: 'inline' }), { entryFile })).not.toThrow();
    expect(check(item({ execution: 'inline' }), { entryFile })).not.toThrow();
    expect(check(item(), { entryFile, inline: true })).not.toThrow();
  });
});

describe('when the names of stages are checked', () => {
  it('should refuse a class without one', () => {
    const anonymous = [
      class {
        forward(): void {}
      },
    ] as const;
    Stage({ file: 'file:///app/stages.js' })(anonymous[0]);
    expect(check(anonymous[0])).toThrow(
      refusal('A stage class in "file:///app/stages.js" has no name, by which its workers would find it: give it one.'),
    );
  });

  it('should refuse two of one name in one file', () => {
    expect(() => checkStageNames([item(), item()])).toThrow(
      refusal(
        'Two stage classes named "Classify" are declared in one file, ' +
          'and workers cannot tell them apart: rename one of them.',
      ),
    );
  });

  it('should accept two of one name in two files, and one class twice', () => {
    const stage = item();
    expect(() => checkStageNames([stage, stage, item({ file: 'file:///app/other.js' })])).not.toThrow();
  });
});
