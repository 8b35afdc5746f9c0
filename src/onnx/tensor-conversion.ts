import type { Tensor } from 'onnxruntime-node';
import type { NdArray } from '#libs/codec';
import type { GivenTensor } from './check-feeds.js';
import type { Runtime } from './load-runtime.js';

export function isTensor(value: NdArray | Tensor): value is Tensor {
  return 'dims' in value;
}

export function givenTensor(value: NdArray | Tensor): GivenTensor {
  if (isTensor(value)) return { dtype: value.type, shape: value.dims, length: value.size };
  return { dtype: value.dtype, shape: value.shape, length: value.data.length };
}

/** Shares the memory of the array. */
export function toTensor(runtime: Runtime, value: NdArray | Tensor): Tensor {
  if (isTensor(value)) return value;
  return new runtime.Tensor(value.dtype as Tensor.Type, value.data as Tensor.DataType, value.shape);
}

/**
 * Shares the memory of the tensor.
 * @throws Error for strings, which an `NdArray` cannot hold
 */
export function toNdArray(name: string, { type, dims, data }: Tensor): NdArray {
  if (Array.isArray(data)) {
    throw new Error(`Output "${name}" holds strings, which no NdArray can: read it with the native session.`);
  }
  // Where JavaScript has Float16Array, onnxruntime gives one.
  const bits = type === 'float16' && !(data instanceof Uint16Array);
  const { buffer, byteOffset, length } = data as Uint16Array;
  return { dtype: type, shape: dims, data: bits ? new Uint16Array(buffer, byteOffset, length) : data } as NdArray;
}
