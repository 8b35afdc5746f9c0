import { ValidateBy } from 'class-validator';
import type { DType, NdArray } from 'nestjs-mosec';

const VIEWS: Partial<Record<DType, new () => NdArray['data']>> = {
  uint8: Uint8Array,
  int32: Int32Array,
  int64: BigInt64Array,
  float32: Float32Array,
  float64: Float64Array,
};

/** An array of one of these types, where a dimension that is no number may be of any size but 0. */
export function IsNdArray(
  dtypes: readonly (keyof typeof VIEWS)[],
  shape: readonly (number | string)[],
): PropertyDecorator {
  const expected = `${dtypes.join(' or ')} [${shape.join(', ')}]`;
  return ValidateBy({
    name: 'isNdArray',
    validator: {
      validate: (value) => isNdArray(value, dtypes, shape),
      defaultMessage: (args) => `${args?.property} must be an array of ${expected}`,
    },
  });
}

/** A map of msgpack may look like an array without being one: its data is compared with what it says. */
function isNdArray(value: unknown, dtypes: readonly DType[], expected: readonly (number | string)[]): value is NdArray {
  const { dtype, shape, data } = (value ?? {}) as Partial<NdArray>;
  const view = dtype && dtypes.includes(dtype) ? VIEWS[dtype] : undefined;
  if (!view || !(data instanceof view) || !Array.isArray(shape) || shape.length !== expected.length) return false;
  const sizes = shape as readonly unknown[];
  const fits = sizes.every((size, axis) => {
    const wanted = expected[axis];
    return typeof wanted === 'number' ? size === wanted : Number.isInteger(size) && (size as number) > 0;
  });
  return fits && data.length === (shape as number[]).reduce((product, size) => product * size, 1);
}
