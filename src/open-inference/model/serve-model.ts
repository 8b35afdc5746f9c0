import { getPipelineStages } from '../../decorators/pipeline-stages.js';
import { getPipelineStream } from '../../decorators/pipeline-stream.js';
import { MosecConfigurationError } from '../../interfaces/mosec-configuration.error.js';
import { DATATYPE_NAMES, datatypeOf } from '../data/datatypes.js';
import type { OpenInferenceModelOptions, TensorMetadata } from '../open-inference-options.interface.js';
import type { ServedModel, TensorSpec } from './served-model.js';

/** As many as wait at a stage by default: more in one request could never be admitted. */
const MAX_ITEMS = 1024;
/** A segment of a path that needs no escapes. */
const NAME = /^[\w.-]+$/;
/** `/v2/models/stats` speaks of all models. */
const TAKEN_NAME = 'stats';

/** @throws MosecConfigurationError naming the culprit and the cure */
export function serveModel(name: string, options: OpenInferenceModelOptions): ServedModel {
  const refuse: Refuse = (text) => {
    throw new MosecConfigurationError(`Model "${name}" of OpenInferenceModule.forFeature() ${text}`);
  };
  const { pipeline, batched = true, version = '1', platform = 'nestjs-mosec', maxItems = MAX_ITEMS } = options;
  if (!NAME.test(name)) refuse('has a name that does not fit in a path: use letters, digits and "._-".');
  if (name === TAKEN_NAME) refuse(`has the name of the statistics of all models, "${TAKEN_NAME}": choose another.`);
  if (!NAME.test(version)) refuse(`has the version "${version}": use letters, digits and "._-".`);
  if (typeof pipeline !== 'function' || !getPipelineStages(pipeline)) {
    refuse('has no pipeline: give a class with @Pipeline([...]).');
  }
  if (getPipelineStream(pipeline)) {
    refuse(`has the pipeline "${pipeline.name}", which streams: the protocol has one answer per request.`);
  }
  requirePositive(maxItems, 'maxItems', refuse);
  requirePositive(options.timeoutMs, 'timeoutMs', refuse);
  requirePositive(options.maxRequestSizeBytes, 'maxRequestSizeBytes', refuse);
  const inputs = tensorSpecs('input', options.inputs, batched, refuse);
  const outputs = tensorSpecs('output', options.outputs, batched, refuse);
  const { timeoutMs, maxRequestSizeBytes } = options;
  const limits = { maxItems, timeoutMs, maxRequestSizeBytes };
  return { name, version, platform, pipelineClass: pipeline, inputs, outputs, batched, ...limits };
}

type Refuse = (text: string) => never;

function requirePositive(value: number | undefined, option: string, refuse: Refuse): void {
  if (value === undefined || (Number.isInteger(value) && value > 0)) return;
  refuse(`has ${option} ${String(value)}: give a positive integer.`);
}

function tensorSpecs(
  kind: string,
  tensors: readonly TensorMetadata[] = [],
  batched: boolean,
  refuse: Refuse,
): Map<string, TensorSpec> {
  if (tensors.length === 0) refuse(`has no ${kind}: name at least one, with datatype and shape.`);
  const specs = new Map<string, TensorSpec>();
  for (const tensor of tensors) {
    const { name } = tensor;
    if (typeof name !== 'string' || name === '') refuse(`has an ${kind} without a name.`);
    if (specs.has(name)) refuse(`has the ${kind} "${name}" twice.`);
    specs.set(name, tensorSpec(`${kind} "${name}"`, tensor, batched, refuse));
  }
  return specs;
}

function tensorSpec(
  what: string,
  { name, datatype, shape }: TensorMetadata,
  batched: boolean,
  refuse: Refuse,
): TensorSpec {
  const known = datatypeOf(datatype);
  if (!known) return refuse(`has ${what} of datatype "${datatype}": use one of ${DATATYPE_NAMES.join(', ')}.`);
  const isShape = Array.isArray(shape) && shape.every((size) => Number.isSafeInteger(size) && size >= -1);
  if (!isShape) refuse(`has ${what} without a shape: give its dimensions, -1 for any size.`);
  if (batched && shape[0] !== -1) {
    const given = `[${shape.join(', ')}]`;
    refuse(`has ${what} of shape ${given}: begin it with -1, the dimension of the batch, or set batched: false.`);
  }
  return { name, datatype: known, shape };
}
