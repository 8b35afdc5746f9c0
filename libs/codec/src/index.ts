export { json } from './json.codec.js';
export { text } from './text.codec.js';
export { bytes } from './bytes.codec.js';
export { msgpack } from './msgpack.codec.js';
export { numbin } from './numbin.codec.js';
export { structuredClone } from './structured-clone.codec.js';
export type { DType, NdArray } from './nd-array.js';
export { builtInHopCodec, encodeHop, decodeHop } from './hop.js';
export { MAX_NAME_BYTES } from './hop-header.js';
