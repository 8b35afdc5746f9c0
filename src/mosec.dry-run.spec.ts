import { describe, expect, it } from 'vitest';
import { HOP_FORMAT, OverloadedError, ServerError, type MosecError, type Outcome } from '#libs/contracts';
import type { PipelineRequest } from '#libs/pipeline';
import { MosecConfigurationError } from './interfaces/mosec-configuration.error.js';
import { dryRun } from './mosec.dry-run.js';
import type { MosecEngine } from './mosec.engine.js';
import { EngineHealth } from './mosec.health.js';

const base64 = (...texts: string[]): string[] => texts.map((text) => Buffer.from(text).toString('base64'));

/** An engine of one pipeline of two stages; `answer` decides the outcome of an example, and at which stage. */
function engineOf(examples: string[], answer: (example: string) => [Outcome, stage: number | undefined]) {
  const health = new EngineHealth();
  health.stageReady('Load', { warmUpMs: 3.4, examples });
  health.stageReady('Classify', { warmUpMs: 5.6, examples: base64('never asked for') });
  const requests: PipelineRequest[] = [];
  const pipeline = {
    name: 'Images',
    stages: ['Load', 'Classify'],
    submit: (request: PipelineRequest, settle: (outcome: Outcome) => void) => {
      requests.push(request);
      const [outcome, stage] = answer(Buffer.from(request.payload).toString());
      if (stage === undefined) return void settle(outcome);
      queueMicrotask(() => settle(outcome));
      return { stage };
    },
  };
  let isReady = false;
  const whenReady = async (): Promise<void> => void (isReady = true);
  const pipelines = { values: () => (isReady ? [pipeline] : []) };
  return { engine: { health, whenReady, pipelines } as unknown as MosecEngine, requests };
}

const ok = (example: string): [Outcome, number] => [{ payload: Buffer.from(`${example}!`) }, 1];
const failing = (error: MosecError, stage?: number) => (): [Outcome, number | undefined] => [{ error }, stage];

describe('when a dry run is made', () => {
  it('should run every example of the first stage, as a value between stages, without a deadline', async () => {
    const { engine, requests } = engineOf(base64('a', 'bcd'), ok);
    const results = await dryRun(engine);
    expect(requests.map(({ payload }) => Buffer.from(payload).toString())).toEqual(['a', 'bcd']);
    expect(requests[0]).toMatchObject({ inputFormat: HOP_FORMAT, outputFormat: 0, deadline: Infinity });
    expect(results).toMatchObject([
      { pipeline: 'Images', resultBytes: 2, warmUpMs: { Load: 3, Classify: 6 } },
      { pipeline: 'Images', resultBytes: 4 },
    ]);
  });

  it('should refuse a pipeline whose first stage has no example, by name', async () => {
    const { engine } = engineOf([], ok);
    await expect(dryRun(engine)).rejects.toEqual(
      new MosecConfigurationError(
        'Pipeline "Images" cannot be dry-run because its first stage "Load" has no example: ' +
          'give the class an "example" or "multiExamples" property.',
      ),
    );
  });

  it('should name the stage that an example fails in, and the cause', async () => {
    const error = new ServerError('generic', { cause: 'no such layer' });
    await expect(dryRun(engineOf(base64('a'), failing(error, 1)).engine)).rejects.toThrow(
      'Pipeline "Images" failed on an example of stage "Load" in stage "Classify": ' +
        'correct the example or the stage. no such layer',
    );
  });

  it('should name the first stage where the example is refused at the door', async () => {
    const error = new OverloadedError('task queue is full');
    await expect(dryRun(engineOf(base64('a'), failing(error)).engine)).rejects.toThrow(
      'in stage "Load": correct the example or the stage. task queue is full',
    );
  });
});
