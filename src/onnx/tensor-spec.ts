import type { DType } from '#libs/codec';

/** Element type of a tensor, by NumPy's name; `string` beside those. @publicApi */
export type TensorType = Exclude<DType, 'complex64' | 'complex128'> | 'string';

/** What a model says of one of its inputs or outputs. @publicApi */
export interface TensorSpec {
  readonly name: string;
  readonly dtype: TensorType;
  /** A dynamic dimension is its name, the empty string if it has none. */
  readonly shape: readonly (number | string)[];
}

/** What goes into a model and what comes out. @publicApi */
export interface ModelSignature {
  readonly inputs: readonly TensorSpec[];
  readonly outputs: readonly TensorSpec[];
}

/** As in error messages: `float32 [batch, 4]`. A dynamic dimension without a name is a question mark. */
export function describeTensor(dtype: string, shape: readonly (number | string)[]): string {
  return `${dtype} [${shape.map((size) => (size === '' ? '?' : size)).join(', ')}]`;
}
