import type { NdArray } from 'nestjs-mosec';
import type { TensorSpec } from 'nestjs-mosec/onnx';

/** Whole numbers in the type that an input of the model has: exporters differ in it. */
export function numbersAs({ name, dtype }: TensorSpec, shape: readonly number[], numbers: readonly number[]): NdArray {
  switch (dtype) {
    case 'int64':
      return { dtype, shape, data: BigInt64Array.from(numbers, BigInt) };
    case 'int32':
      return { dtype, shape, data: Int32Array.from(numbers) };
    case 'float32':
      return { dtype, shape, data: Float32Array.from(numbers) };
    default:
      throw new Error(`the input "${name}" is of ${dtype}: export the model in float32`);
  }
}
