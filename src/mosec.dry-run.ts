import { HOP_FORMAT, MosecError, type Outcome } from '#libs/contracts';
import type { Pipeline, Task } from '#libs/pipeline';
import { describeCause } from './describe-cause.js';
import { MosecConfigurationError } from './interfaces/mosec-configuration.error.js';
import type { MosecEngine } from './mosec.engine.js';

/** One example that went through a pipeline. */
export interface DryRunResult {
  readonly pipeline: string;
  readonly resultBytes: number;
  readonly durationMs: number;
  /** Milliseconds that each stage spent on its examples while it started. */
  readonly warmUpMs: Readonly<Record<string, number>>;
}

/**
 * Runs every pipeline on every example of its first stage, one after the other.
 * @throws MosecConfigurationError when a first stage has no example
 * @throws MosecError when an example fails
 */
export async function dryRun(engine: MosecEngine): Promise<DryRunResult[]> {
  await engine.whenReady();
  const results: DryRunResult[] = [];
  for (const pipeline of engine.pipelines.values()) {
    for (const example of examplesOf(pipeline, engine)) results.push(await runExample(pipeline, example, engine));
  }
  return results;
}

function examplesOf(pipeline: Pipeline, engine: MosecEngine): readonly string[] {
  const [first = ''] = pipeline.stages;
  const examples = engine.health.report(first)?.examples ?? [];
  if (examples.length > 0) return examples;
  throw new MosecConfigurationError(
    `Pipeline "${pipeline.name}" cannot be dry-run because its first stage "${first}" has no example: ` +
      'give the class an "example" or "multiExamples" property.',
  );
}

async function runExample(pipeline: Pipeline, example: string, engine: MosecEngine): Promise<DryRunResult> {
  const startedAt = performance.now();
  const { outcome, stage } = await submit(pipeline, example);
  if (outcome.error) {
    throw new MosecError(
      `Pipeline "${pipeline.name}" failed on an example of stage "${pipeline.stages[0]}" in stage "${stage}": ` +
        `correct the example or the stage. ${describeCause(outcome.error)}`,
      500,
      'SERVER',
    );
  }
  const warmUps = pipeline.stages.map((stage) => [stage, Math.round(engine.health.report(stage)?.warmUpMs ?? 0)]);
  return {
    pipeline: pipeline.name,
    resultBytes: outcome.payload.length,
    durationMs: Math.round(performance.now() - startedAt),
    warmUpMs: Object.fromEntries(warmUps) as Record<string, number>,
  };
}

/** @returns the outcome, and the stage that had the example last */
function submit(pipeline: Pipeline, example: string): Promise<{ outcome: Outcome; stage: string | undefined }> {
  const payload = Buffer.from(example, 'base64');
  const context = '{"id":"dry-run"}';
  return new Promise((resolve) => {
    const request = { payload, inputFormat: HOP_FORMAT, outputFormat: 0, context, deadline: Infinity };
    // A refusal comes before there is a task.
    const holder: { task?: Task } = {};
    holder.task = pipeline.submit(request, (outcome) => {
      resolve({ outcome, stage: pipeline.stages[holder.task?.stage ?? 0] });
    });
  });
}
