import type { Schema } from '../interfaces/schema.interface.js';
import type { StageOptions } from '../interfaces/stage-options.interface.js';
import { STAGE_METADATA } from './metadata-keys.js';
import type { StageClass } from './stage-class.js';

/** What `@SseStage` recorded besides. */
export interface StreamDefinition {
  readonly event?: Schema | undefined;
  readonly sendResult: boolean;
}

/** What `@Stage` or `@SseStage` recorded about a class. */
export interface StageDefinition {
  readonly stageClass: StageClass;
  readonly name: string;
  readonly options: StageOptions;
  /** Set for a stage that streams. */
  readonly stream?: StreamDefinition | undefined;
  /** URL of the file whose import declares the class; undefined if it could not be told. */
  readonly file: string | undefined;
}

export function setStageDefinition(definition: StageDefinition): void {
  Reflect.defineMetadata(STAGE_METADATA, definition, definition.stageClass);
}

/** Own definition only: a subclass is another stage, with options and a file of its own. */
export function getStageDefinition(stageClass: object): StageDefinition | undefined {
  return Reflect.getOwnMetadata(STAGE_METADATA, stageClass) as StageDefinition | undefined;
}
