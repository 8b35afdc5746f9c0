import type { ServedModel } from '../model/served-model.js';
import type { ModelStatistics } from './model-statistics.js';
import type { Duration, StageFigures } from './stage-statistics.js';

const NS_PER_MS = 1_000_000;
const NONE: Duration = { count: 0, ms: 0 };

/** The stages of a model's pipeline, in order. */
export interface PipelineFigures {
  readonly stages: readonly StageFigures[];
  /** Index of the stage that stands for the model: that with the largest batches. */
  readonly modelStage: number;
}

/**
 * One entry of the statistics extension
 * (https://github.com/triton-inference-server/server/blob/main/docs/protocol/extension_statistics.md). Stages before
 * that of the model are its `compute_input`, those after it its `compute_output`.
 */
export function describeStatistics(
  { name, version }: Pick<ServedModel, 'name' | 'version'>,
  { success, fail, inferences, lastInference }: ModelStatistics,
  { stages, modelStage }: PipelineFigures,
): object {
  const computed = stages.map(({ compute }) => compute);
  const model = stages[modelStage];
  return {
    name,
    version,
    last_inference: lastInference,
    inference_count: inferences,
    execution_count: model?.compute.count ?? 0,
    inference_stats: {
      success: duration(success),
      fail: duration(fail),
      queue: duration(sum(stages.map(({ queue }) => queue))),
      compute_input: duration(sum(computed.slice(0, modelStage))),
      compute_infer: duration(sum(computed.slice(modelStage, modelStage + 1))),
      compute_output: duration(sum(computed.slice(modelStage + 1))),
      cache_hit: duration(NONE),
      cache_miss: duration(NONE),
    },
    batch_stats: [...(model?.bySize ?? [])]
      .sort(([a], [b]) => a - b)
      .map(([size, time]) => ({
        batch_size: size,
        compute_input: duration(NONE),
        compute_infer: duration(time),
        compute_output: duration(NONE),
      })),
  };
}

function sum(durations: readonly Duration[]): Duration {
  return durations.reduce((all, { count, ms }) => ({ count: all.count + count, ms: all.ms + ms }), NONE);
}

function duration({ count, ms }: Duration): { count: number; ns: number } {
  return { count, ns: Math.round(ms * NS_PER_MS) };
}
