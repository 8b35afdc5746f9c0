import { builtInFormat } from '#libs/codec';
import type { Codec } from '#libs/contracts';
import { MosecConfigurationError } from '../interfaces/mosec-configuration.error.js';
import type { RouteOptions } from '../interfaces/route-options.interface.js';
import { checkCodecList } from './check-codecs.js';
import { codecsOf } from './codecs-of.js';
import { getPipelineStages } from './pipeline-stages.js';
import type { PipelineClass } from './pipeline-types.js';
import { resolveStageRef } from './resolve-stage-ref.js';
import type { StageClass } from './stage-class.js';
import { getStageDefinition } from './stage-definition.js';

/** Workers import the files of stages, not of pipelines: a codec that users wrote reaches them through a stage alone. */
export function checkRouteCodecs(pipelineClass: PipelineClass, options: RouteOptions): void {
  if (options.codec === undefined) return;
  const owner = `The route of pipeline "${pipelineClass.name}"`;
  checkCodecList(owner, options.codec);
  const stages = (getPipelineStages(pipelineClass) ?? []).map((ref) => resolveStageRef(ref).stageClass);
  for (const codec of codecsOf(options) ?? []) {
    requireKnown(owner, codec, stages[0]);
    if (!codec.readOnly) requireKnown(owner, codec, stages.at(-1));
  }
}

function requireKnown(owner: string, codec: Codec, stageClass: StageClass | undefined): void {
  if (!stageClass || builtInFormat(codec) !== undefined) return;
  if (codecsOf(getStageDefinition(stageClass)?.options ?? {})?.includes(codec)) return;
  throw new MosecConfigurationError(
    `${owner} has codec "${codec.name}", which workers of stage "${stageClass.name}" do not know: ` +
      `add it to @Stage({ codec: [...] }) of "${stageClass.name}" too.`,
  );
}
