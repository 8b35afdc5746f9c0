import { bytes, json } from '#libs/codec';
import type { Codec, HopCodec } from '#libs/contracts';
import { mergeStageOptions } from './decorators/merge-stage-options.js';
import { getPipelineStages } from './decorators/pipeline-stages.js';
import type { PipelineClass } from './decorators/pipeline-types.js';
import { resolveStageRef } from './decorators/resolve-stage-ref.js';
import { getStageDefinition } from './decorators/stage-definition.js';
import type { StageClass } from './decorators/stage-class.js';
import type { StageRef } from './decorators/stage-ref.js';
import type { Schema } from './interfaces/schema.interface.js';
import type { StageOptions } from './interfaces/stage-options.interface.js';

/** What a pipeline takes and answers at its HTTP edges, read from its first and last stage. */
export interface PipelineEdges {
  /** Codecs that request bodies may be in. */
  readonly requestCodecs: readonly Codec[];
  /** Codec of the answers. */
  readonly answerCodec: Codec;
  readonly input?: Schema;
  readonly output?: Schema;
  /** Codecs beside the built-in ones in which the last stage may hand over to a `PipelineClient`. */
  readonly hopCodecs: readonly HopCodec[];
  /** Lower-case names of the headers that any stage asks for; `traceparent` always goes along. */
  readonly passHeaders: readonly string[];
}

export function pipelineEdges(pipelineClass: PipelineClass): PipelineEdges {
  const stages = (getPipelineStages(pipelineClass) ?? []).map(describe);
  const first = stages[0]?.options ?? {};
  const last = stages.at(-1);
  const headers = stages.flatMap(({ options }) => options.passHeaders ?? []);
  return {
    requestCodecs: codecsOf(first),
    answerCodec: answerCodec(last),
    input: first.input,
    output: last?.options.output,
    hopCodecs: last?.options.ipc ? [last.options.ipc] : [],
    passHeaders: [...new Set(['traceparent', ...headers.map((name) => name.toLowerCase())])],
  };
}

interface DescribedStage {
  readonly stageClass: StageClass;
  readonly options: StageOptions;
}

function describe(ref: StageRef): DescribedStage {
  const { stageClass, overrides } = resolveStageRef(ref);
  return { stageClass, options: mergeStageOptions(getStageDefinition(stageClass)?.options ?? {}, overrides) };
}

/** The bytes of a stage's own `serialize` are in no codec's form, whatever media type they are announced as. */
function answerCodec(last: DescribedStage | undefined): Codec {
  const [codec = json] = codecsOf(last?.options ?? {});
  const serializes = last && 'serialize' in (last.stageClass.prototype as object);
  return serializes ? { ...bytes, name: codec.name, mediaType: codec.mediaType } : codec;
}

function codecsOf({ codec = json }: StageOptions): readonly Codec[] {
  return 'decode' in codec ? [codec] : codec;
}
