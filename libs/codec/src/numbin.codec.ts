import type { Codec } from '#libs/contracts';
import { decodeNdArray, encodeNdArray } from './numbin-format.js';

/**
 * One NumPy array in the form of Python's `numbin` 0.5: `decode` gives an `NdArray` whose data is a view of the body
 * where that is aligned, and a copy otherwise; `encode` takes an `NdArray` or a bare typed array. No dimension may be
 * over 65 535. `float128` and `complex256`, which JavaScript cannot hold, are refused.
 * @publicApi
 */
export const numbin: Codec = {
  name: 'numbin',
  mediaType: 'application/x-numbin',
  decode: (bytes) => decodeNdArray(bytes),
  encode: (value) => encodeNdArray(value),
};
