import { PIPELINE_METADATA, PIPELINE_OF_METADATA } from './metadata-keys.js';
import type { StageRef } from './stage-ref.js';

/** Stages named by `@Pipeline` on the class itself. */
export function getDecoratedStages(pipelineClass: object): readonly StageRef[] | undefined {
  return Reflect.getOwnMetadata(PIPELINE_METADATA, pipelineClass) as readonly StageRef[] | undefined;
}

/** Stages inherited from `PipelineOf`. */
export function getInheritedStages(pipelineClass: object): readonly StageRef[] | undefined {
  return Reflect.getMetadata(PIPELINE_OF_METADATA, pipelineClass) as readonly StageRef[] | undefined;
}

/** The stages of a pipeline class in order; undefined if the class is none. */
export function getPipelineStages(pipelineClass: object): readonly StageRef[] | undefined {
  return getDecoratedStages(pipelineClass) ?? getInheritedStages(pipelineClass);
}
