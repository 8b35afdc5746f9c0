import { builtInFormat, bytes, json, stageCodecs } from '#libs/codec';
import type { Codec, HopCodec } from '#libs/contracts';
import { codecsOf } from './decorators/codecs-of.js';
import { hopCodecOf } from './decorators/hop-codec-of.js';
import { mergeStageOptions } from './decorators/merge-stage-options.js';
import { getPipelineStream } from './decorators/pipeline-stream.js';
import { getPipelineStages } from './decorators/pipeline-stages.js';
import type { PipelineClass } from './decorators/pipeline-types.js';
import { resolveStageRef } from './decorators/resolve-stage-ref.js';
import { routeCodecs } from './decorators/route-codecs.js';
import { getStageDefinition, type StreamDefinition } from './decorators/stage-definition.js';
import type { StageClass } from './decorators/stage-class.js';
import type { StageRef } from './decorators/stage-ref.js';
import type { EdgeCodec } from './http/negotiation.js';
import type { Schema } from './interfaces/schema.interface.js';
import type { StageOptions } from './interfaces/stage-options.interface.js';

/** What a pipeline takes and answers at its HTTP edges, read from its first and last stage. */
export interface PipelineEdges {
  /** Codecs that request bodies may be in. */
  readonly requestCodecs: readonly EdgeCodec[];
  /** Codecs that answers may be in, the default first. */
  readonly answerCodecs: readonly EdgeCodec[];
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
  const ofRoute = routeCodecs(pipelineClass);
  const last = stages.at(-1);
  const headers = stages.flatMap(({ options }) => options.passHeaders ?? []);
  return {
    requestCodecs: requestCodecs(first, ofRoute),
    answerCodecs: answerCodecs(last, ofRoute),
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

function requestCodecs(first: StageOptions, ofRoute: readonly Codec[]): EdgeCodec[] {
  const own = codecsOf(first) ?? [json];
  return ofRoute.length > 0 ? ofRoute.map((codec) => formatOf(codec, own)) : own.map(withFormat);
}

function answerCodecs(last: DescribedStage | undefined, ofRoute: readonly Codec[]): EdgeCodec[] {
  const own = stageCodecs(codecsOf(last?.options ?? {}));
  const codecs = ofRoute.length > 0 ? stageCodecs(ofRoute).map((codec) => formatOf(codec, own)) : own.map(withFormat);
  const written = codecs.filter(({ codec }) => !codec.readOnly);
  return last && 'serialize' in (last.stageClass.prototype as object) ? written.slice(0, 1).map(asBytes) : written;
}

function withFormat(codec: Codec, format: number): EdgeCodec {
  return { codec, format };
}

/** As the workers of a stage know it: by its place there, else as one of the package's. */
function formatOf(codec: Codec, own: readonly Codec[]): EdgeCodec {
  const format = own.indexOf(codec);
  return { codec, format: format < 0 ? (builtInFormat(codec) ?? 0) : format };
}

/** The bytes of a stage's own `serialize` are in no codec's form, whatever media type they are announced as. */
function asBytes({ codec: { name, mediaType }, format }: EdgeCodec): EdgeCodec {
  return { codec: { ...bytes, name, mediaType }, format };
}
