import type { Datatype } from './datatype.js';
import { requireBytes, viewOf } from './fixed-width.js';
import { noJson } from './json-numbers.js';

const BYTES = 2;
const HALF_BITS = 16;
const EXPONENT = 0x7f80_0000;
const MANTISSA = 0x007f_ffff;
/** Makes a NaN a quiet one, and keeps it one when its low bits are cut off. */
const QUIET = 0x0040;

/**
 * BF16 is the upper half of a float of 32 bits, and JavaScript has no array for it: stages see `float32`, which holds
 * every value exactly; results are rounded to the nearest, ties to even.
 */
export const brainFloat: Datatype = {
  name: 'BF16',
  dtype: 'float32',
  elementBytes: BYTES,
  ...noJson,
  isData: (data): data is Float32Array => data instanceof Float32Array,
  fromBinary(bytes, count) {
    requireBytes(bytes, count, BYTES);
    const halves = viewOf(bytes, count, Uint16Array) as Uint16Array;
    const bits = Uint32Array.from(halves, (half) => half << HALF_BITS);
    return new Float32Array(bits.buffer);
  },
  toBinary(data) {
    const { buffer, byteOffset, length } = data as Float32Array;
    const halves = Uint16Array.from(new Uint32Array(buffer, byteOffset, length), upperHalf);
    return [new Uint8Array(halves.buffer)];
  },
};

function upperHalf(bits: number): number {
  const half = bits >>> HALF_BITS;
  if ((bits & EXPONENT) === EXPONENT && (bits & MANTISSA) !== 0) return half | QUIET;
  const isOdd = half & 1;
  return (bits + 0x7fff + isOdd) >>> HALF_BITS;
}
