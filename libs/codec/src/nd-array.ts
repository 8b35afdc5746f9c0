/** The typed array behind each NumPy dtype. `bool` holds 0 and 1, `float16` the raw bits, complex numbers pairs. */
export interface NdArrayData {
  bool: Uint8Array;
  int8: Int8Array;
  int16: Int16Array;
  int32: Int32Array;
  int64: BigInt64Array;
  uint8: Uint8Array | Uint8ClampedArray;
  uint16: Uint16Array;
  uint32: Uint32Array;
  uint64: BigUint64Array;
  float16: Uint16Array;
  float32: Float32Array;
  float64: Float64Array;
  complex64: Float32Array;
  complex128: Float64Array;
}

/** NumPy's name of an element type. @publicApi */
export type DType = keyof NdArrayData;

/**
 * A NumPy array: its element type, its dimensions (empty for a scalar) and its elements in row-major order, in the
 * typed array that fits the `dtype`: `float16` as raw bits in a `Uint16Array`, `bool` as 0 and 1 in a `Uint8Array`,
 * complex numbers as real and imaginary part in turn.
 * @publicApi
 */
export type NdArray<D extends DType = DType> = {
  [K in D]: { readonly dtype: K; readonly shape: readonly number[]; readonly data: NdArrayData[K] };
}[D];

/** A typed array that can stand for a one-dimensional `NdArray`. */
export type TypedArray = NdArrayData[DType];

export function isTypedArray(value: unknown): value is TypedArray {
  return ArrayBuffer.isView(value) && !(value instanceof DataView);
}

export function isNdArray(value: object): value is NdArray {
  const { dtype, shape, data } = value as Partial<NdArray>;
  return typeof dtype === 'string' && Array.isArray(shape) && isTypedArray(data);
}
