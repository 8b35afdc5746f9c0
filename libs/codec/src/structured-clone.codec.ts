import { deserialize, serialize } from 'node:v8';
import type { HopCodec } from '#libs/contracts';

/** First byte of bytes that skip the clone. V8's own format begins with 0xff. */
const BUFFER = 1;
const UINT8_ARRAY = 2;

/**
 * The default hand-over between stages: a structured clone (typed arrays, Map, Set, Date, BigInt and Buffer survive,
 * prototypes do not). Not for HTTP bodies: the form is V8's own.
 * @publicApi
 */
export const structuredClone: HopCodec = {
  name: 'structuredClone',
  decode(bytes) {
    if (bytes[0] === BUFFER) return Buffer.from(bytes.buffer, bytes.byteOffset + 1, bytes.byteLength - 1);
    if (bytes[0] === UINT8_ARRAY) return new Uint8Array(bytes.buffer, bytes.byteOffset + 1, bytes.byteLength - 1);
    return deserialize(bytes) as unknown;
  },
  encode(value) {
    return value instanceof Uint8Array ? encodeBytes(value) : serialize(value);
  },
};

/** What stands before bytes that skip the clone. */
export function bytesTag(bytes: Uint8Array): Uint8Array {
  return Uint8Array.of(Buffer.isBuffer(bytes) ? BUFFER : UINT8_ARRAY);
}

function encodeBytes(bytes: Uint8Array): Buffer {
  const payload = Buffer.allocUnsafe(bytes.length + 1);
  payload[0] = Buffer.isBuffer(bytes) ? BUFFER : UINT8_ARRAY;
  payload.set(bytes, 1);
  return payload;
}
