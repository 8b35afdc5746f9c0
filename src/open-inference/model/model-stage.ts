import { getPipelineStages } from '../../decorators/pipeline-stages.js';
import { mergeStageOptions } from '../../decorators/merge-stage-options.js';
import type { PipelineClass } from '../../decorators/pipeline-types.js';
import { resolveStageRef } from '../../decorators/resolve-stage-ref.js';
import { getStageDefinition } from '../../decorators/stage-definition.js';

/** Index of the stage that stands for the model in the statistics: of those with the largest batches the last. */
export function modelStageOf(pipelineClass: PipelineClass): number {
  const sizes = (getPipelineStages(pipelineClass) ?? []).map((ref) => {
    const { stageClass, overrides } = resolveStageRef(ref);
    return mergeStageOptions(getStageDefinition(stageClass)?.options ?? {}, overrides).maxBatchSize ?? 1;
  });
  return sizes.lastIndexOf(Math.max(...sizes));
}
