import { MosecConfigurationError } from '../interfaces/mosec-configuration.error.js';
import type { OnnxStageClass } from './onnx-stage.js';
import { stageModelOf } from './stage-model-of.js';
import type { TensorSpec, TensorType } from './tensor-spec.js';

/** Metadata of a tensor in the Open Inference protocol; -1 is a dynamic dimension, the first one counts the items. @publicApi */
export interface OpenInferenceTensor {
  readonly name: string;
  readonly datatype: string;
  readonly shape: readonly number[];
}

/** Inputs and outputs of a model in the Open Inference protocol. @publicApi */
export interface OpenInferenceMetadata {
  readonly inputs: readonly OpenInferenceTensor[];
  readonly outputs: readonly OpenInferenceTensor[];
}

/** Types of https://github.com/kserve/open-inference-protocol by the names of NumPy. */
const DATATYPES: Readonly<Record<TensorType, string>> = {
  bool: 'BOOL',
  int8: 'INT8',
  int16: 'INT16',
  int32: 'INT32',
  int64: 'INT64',
  uint8: 'UINT8',
  uint16: 'UINT16',
  uint32: 'UINT32',
  uint64: 'UINT64',
  float16: 'FP16',
  float32: 'FP32',
  float64: 'FP64',
  string: 'BYTES',
};

const DYNAMIC = -1;

/**
 * What a stage made with `onnxStage` takes and returns, for `OpenInferenceModule.forFeature`. Read from the header of
 * the ONNX file, without onnxruntime, so that it can be called in the gateway.
 *
 * @example
 * OpenInferenceModule.forFeature({ models: { iris: { pipeline: IrisPipeline, ...openInferenceMetadata(Classify) } } })
 * @throws MosecConfigurationError if the class is no such stage, or its model cannot be read
 * @publicApi
 */
export function openInferenceMetadata(stage: OnnxStageClass): OpenInferenceMetadata {
  const model = stageModelOf(stage);
  if (!model) {
    throw new MosecConfigurationError(`Stage "${stage.name}" has no model to describe: extend onnxStage({ model }).`);
  }
  return { inputs: model.item.inputs.map(describe), outputs: model.item.outputs.map(describe) };
}

function describe({ name, dtype, shape }: TensorSpec): OpenInferenceTensor {
  const sizes = shape.map((size) => (typeof size === 'number' ? size : DYNAMIC));
  return { name, datatype: DATATYPES[dtype], shape: [DYNAMIC, ...sizes] };
}
