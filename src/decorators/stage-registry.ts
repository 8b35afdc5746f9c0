import { toFileUrl } from './file-url.js';
import type { StageClass } from './stage-class.js';

/**
 * Module state, for want of another way: a worker gets at its stage by importing the file that declares it, which
 * runs the decorator and nothing that could be handed a registry.
 */
const stagesByFile = new Map<string, Map<string, StageClass>>();

export function registerStage(file: string, stageClass: StageClass): void {
  const stages = stagesByFile.get(file) ?? new Map<string, StageClass>();
  stagesByFile.set(file, stages.set(stageClass.name, stageClass));
}

/** @param file URL or absolute path */
export function findRegisteredStage(file: string, className: string): StageClass | undefined {
  return stagesByFile.get(toFileUrl(file) ?? file)?.get(className);
}

/** Names of the stage classes that a file declares. @param file URL or absolute path */
export function registeredStageNames(file: string): string[] {
  return [...(stagesByFile.get(toFileUrl(file) ?? file)?.keys() ?? [])];
}
