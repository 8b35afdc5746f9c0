export { OpenInferenceModule } from './open-inference.module.js';
export type {
  OpenInferenceModelOptions,
  OpenInferenceOptions,
  TensorMetadata,
} from './open-inference-options.interface.js';
export type { DatatypeName } from './data/datatype.js';
export type { BytesArray, Tensor, Tensors } from './tensor.js';
