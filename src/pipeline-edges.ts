import { bytes, json, stageCodecs } from '#libs/codec';
import type { Codec, HopCodec } from '#libs/contracts';
import { hopCodecOf } from './decorators/hop-codec-of.js';
import { mergeStageOptions } from './decorators/merge-stage-options.js';
import { getPipelineStream } from './decorators/pipeline-stream.js';
import { getPipelineStages } from './decorators/pipeline-stages.js';
import type { PipelineClass } from './decorators/pipeline-types.js';
import { resolveStageRef } from './decorators/resolve-stage-ref.js';
import { getStageDefinition, type StreamDefinition } from './decorators/stage-definition.js';
import type { StageClass } from './decorators/stage-class.js';
import type { StageRef } from './decorators/stage-ref.js';
import type { AnswerCodec } from './http/negotiation.js';
import type { Schema } from './interfaces/schema.interface.js';
import type { StageOptions } from './interfaces/stage-options.interface.js';

/** What a pipeline takes and answers at its HTTP edges, read from its first and last stage. */
export interface PipelineEdges {
  /** Codecs that request bodies may be in. */
  readonly requestCodecs: readonly Codec[];
  /** Codecs that answers may be in, the default first. */
  readonly answerCodecs: readonly AnswerCodec[];
  readonly input?: Schema;
  readonly output?: Schema;
  /** Set where the last stage streams. */
  readonly stream?: StreamDefinition | undefined;
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
    requestCodecs: declaredCodecs(first) ?? [json],
    answerCodecs: answerCodecs(last),
    input: first.input,
    output: last?.options.output,
    stream: getPipelineStream(pipelineClass),
    hopCodecs: hopCodecs(last?.options),
    passHeaders: [...new Set(['traceparent', ...headers.map((name) => name.toLowerCase())])],
  };
}

function hopCodecs(options: StageOptions = {}): HopCodec[] {
  const codec = hopCodecOf(options);
  return codec ? [codec] : [];
}

interface DescribedStage {
  readonly stageClass: StageClass;
  readonly options: StageOptions;
}

function describe(ref: StageRef): DescribedStage {
  const { stageClass, overrides } = resolveStageRef(ref);
  return { stageClass, options: mergeStageOptions(getStageDefinition(stageClass)?.options ?? {}, overrides) };
}

function answerCodecs(last: DescribedStage | undefined): AnswerCodec[] {
  const codecs = stageCodecs(declaredCodecs(last?.options ?? {})).map((codec, format) => ({ codec, format }));
  const written = codecs.filter(({ codec }) => !codec.readOnly);
  return last && 'serialize' in (last.stageClass.prototype as object) ? written.slice(0, 1).map(asBytes) : written;
}

/** The bytes of a stage's own `serialize` are in no codec's form, whatever media type they are announced as. */
function asBytes({ codec: { name, mediaType }, format }: AnswerCodec): AnswerCodec {
  return { codec: { ...bytes, name, mediaType }, format };
}

function declaredCodecs({ codec }: StageOptions): readonly Codec[] | undefined {
  return codec && ('decode' in codec ? [codec] : codec);
}
