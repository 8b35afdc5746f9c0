import { getPipelineStages } from './pipeline-stages.js';
import { resolveStageRef } from './resolve-stage-ref.js';
import { getStageDefinition, type StreamDefinition } from './stage-definition.js';

/** How the last stage of a pipeline streams; undefined where it does not. */
export function getPipelineStream(pipelineClass: object): StreamDefinition | undefined {
  const last = getPipelineStages(pipelineClass)?.at(-1);
  return last && getStageDefinition(resolveStageRef(last).stageClass)?.stream;
}
