import { elementTypeOf, type NdArray } from '#libs/codec';
import { MosecConfigurationError } from '../interfaces/mosec-configuration.error.js';
import { sizeOf } from './strides.js';
import type { TensorSpec } from './tensor-spec.js';
import type { Tensors } from './tensors.js';

/**
 * An item of zeros.
 * @param dimensions sizes of the dynamic dimensions, by name
 * @throws MosecConfigurationError for a dynamic dimension without a size
 */
export function exampleItem(
  model: string,
  specs: readonly TensorSpec[],
  dimensions: Readonly<Record<string, number>> = {},
): Tensors {
  return Object.fromEntries(
    specs.map(({ name, dtype, shape }) => {
      const sizes = shape.map(
        (size) => (typeof size === 'number' ? size : dimensions[size]) ?? missing(model, name, size),
      );
      const type = elementTypeOf(dtype)?.type;
      const data = type && new type.array(new ArrayBuffer(sizeOf(sizes) * type.bytes));
      return [name, { dtype, shape: sizes, data } as NdArray];
    }),
  );
}

function missing(model: string, input: string, dimension: number | string): never {
  const which = dimension === '' ? 'a dynamic dimension without a name' : `the dynamic dimension "${dimension}"`;
  const cure = dimension === '' ? 'give an example' : `give its size in dimensions, or an example`;
  throw new MosecConfigurationError(
    `Model "${model}" cannot be warmed up, as its input "${input}" has ${which}: ${cure}.`,
  );
}
