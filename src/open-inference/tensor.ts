import type { NdArray } from '#libs/codec';

/**
 * An array of byte strings (`BYTES`). In inputs each element is a `Uint8Array`, a view of the request; in outputs texts
 * may be given too, and are sent as UTF-8.
 * @publicApi
 */
export interface BytesArray {
  readonly dtype: 'bytes';
  readonly shape: readonly number[];
  /** Row-major. */
  readonly data: readonly (Uint8Array | string)[];
}

/** One input or output of a model: numbers, or byte strings. @publicApi */
export type Tensor = NdArray | BytesArray;

/** What a pipeline behind the Open Inference protocol takes and returns: tensors by name. @publicApi */
export type Tensors = Readonly<Record<string, Tensor>>;
