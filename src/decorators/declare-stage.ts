import type { Schema, SchemaOutput } from '../interfaces/schema.interface.js';
import type { StageOptions } from '../interfaces/stage-options.interface.js';
import { applyingFile } from './applying-file.js';
import { callFiles } from './call-files.js';
import { toFileUrl } from './file-url.js';
import type { StageClass } from './stage-class.js';
import { setStageDefinition, type StreamDefinition } from './stage-definition.js';
import { withStageBase } from './stage-base.js';
import { registerStage } from './stage-registry.js';
import type { InputOf } from './stage-typing.js';
import type { TypeMismatch } from './type-mismatch.js';

export type CheckInput<S, C> = Schema extends S
  ? unknown
  : [SchemaOutput<S>] extends [InputOf<C>]
    ? unknown
    : TypeMismatch<'`input` is not what this stage accepts', SchemaOutput<S>, InputOf<C>>;

/** Records a stage class where it is applied, not where its decorator is made: helpers make it in their own file. */
export function declareStage(stageClass: StageClass, options: StageOptions, stream?: StreamDefinition): void {
  const file = options.file === undefined ? applyingFile(callFiles()) : toFileUrl(options.file);
  setStageDefinition({ stageClass, name: stageClass.name, options: withStageBase(stageClass, options), stream, file });
  if (file !== undefined) registerStage(file, stageClass);
}
