export { json } from './json.codec.js';
export { text } from './text.codec.js';
export { bytes } from './bytes.codec.js';
export { encodeHop, decodeHop } from './hop.js';
