import type { StageModel } from './stage-model.js';

const STAGE_MODEL = 'mosec:onnx-model';

export function setStageModel(base: object, model: StageModel): void {
  Reflect.defineMetadata(STAGE_MODEL, model, base);
}

/** The model of a class that extends what `onnxStage` made. */
export function stageModelOf(stageClass: object): StageModel | undefined {
  return Reflect.getMetadata(STAGE_MODEL, stageClass) as StageModel | undefined;
}
