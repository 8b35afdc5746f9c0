import { deserialize, serialize } from 'node:v8';
import { EncodingError } from '#libs/contracts';

/** First byte of a payload. V8's own format begins with 0xff. */
const BUFFER = 1;
const UINT8_ARRAY = 2;

/**
 * The hand-over between stages: a structured clone (typed arrays, Map, Date and Buffer survive, prototypes do
 * not). Self-describing by its first byte; bytes alone skip the clone.
 * @throws EncodingError when the value cannot be cloned
 */
export function encodeHop(value: unknown): Buffer {
  if (value instanceof Uint8Array) return encodeBytes(value);
  try {
    return serialize(value);
  } catch (cause) {
    throw new EncodingError(`the value cannot be handed to the next stage: ${(cause as Error).message}`, { cause });
  }
}

/** The value behind a payload of `encodeHop`. Bytes are a view of the payload. */
export function decodeHop(payload: Uint8Array): unknown {
  if (payload[0] === BUFFER) return Buffer.from(payload.buffer, payload.byteOffset + 1, payload.byteLength - 1);
  if (payload[0] === UINT8_ARRAY) return new Uint8Array(payload.buffer, payload.byteOffset + 1, payload.byteLength - 1);
  return deserialize(payload);
}

function encodeBytes(bytes: Uint8Array): Buffer {
  const payload = Buffer.allocUnsafe(bytes.length + 1);
  payload[0] = Buffer.isBuffer(bytes) ? BUFFER : UINT8_ARRAY;
  payload.set(bytes, 1);
  return payload;
}
