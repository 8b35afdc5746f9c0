export { OnnxModule } from './onnx.module.js';
export { OnnxSession, type Feeds } from './onnx-session.js';
export type { OnnxOptions } from './session-options.interface.js';
export type { ModelSource } from './model-source.js';
export { getOnnxSessionToken, InjectOnnxSession } from './session-token.js';
export { onnxStage, type OnnxBatchStage, type OnnxStageClass } from './onnx-stage.js';
export type { OnnxStageOptions } from './onnx-stage-options.interface.js';
export { jsonTensors } from './json-tensors.codec.js';
export { readModelSignature } from './read-signature.js';
export {
  openInferenceMetadata,
  type OpenInferenceMetadata,
  type OpenInferenceTensor,
} from './open-inference-metadata.js';
export { split, stack } from './stack.js';
export { padToLongest } from './pad.js';
export { TensorMismatchError } from './tensor-mismatch.error.js';
export type { ModelSignature, TensorSpec, TensorType } from './tensor-spec.js';
export type { Tensors } from './tensors.js';
