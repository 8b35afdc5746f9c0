import type { TensorData } from '../data/datatype.js';
import type { TensorSpec } from '../model/served-model.js';

/** A parameter of a request; the protocol knows no others. */
export type Parameter = string | number | boolean;
export type Parameters = Readonly<Record<string, Parameter>>;

/** An input as it came, its dimension of the batch included. */
export interface InputTensor {
  readonly spec: TensorSpec;
  readonly shape: readonly number[];
  readonly data: TensorData;
}

/** An output that the client wants. */
export interface RequestedOutput {
  readonly spec: TensorSpec;
  /** In binary form behind the JSON, or in it. */
  readonly binary: boolean;
}

/** An infer request that has been checked against its model. */
export interface InferRequest {
  readonly id?: string | undefined;
  readonly parameters: Parameters;
  readonly inputs: readonly InputTensor[];
  readonly outputs: readonly RequestedOutput[];
}
