import { EncodingError, type Codec } from '#libs/contracts';

/**
 * Bytes as they are, as a `Buffer`. The decoded view is valid until `forward` settles. `encode` takes any
 * `ArrayBuffer` view.
 * @publicApi
 */
export const bytes: Codec = {
  name: 'bytes',
  mediaType: 'application/octet-stream',
  decode(body) {
    return Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  },
  encode(value) {
    if (value instanceof Uint8Array) return value;
    if (ArrayBuffer.isView(value)) return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
    if (value instanceof ArrayBuffer) return new Uint8Array(value);
    throw new EncodingError('bytes codec got something that is no Buffer or typed array');
  },
};
