import { deserialize, serialize } from 'node:v8';
import { EncodingError } from '#libs/contracts';

/**
 * The hand-over between stages: a structured clone (typed arrays, Map, Date and Buffer survive, prototypes do
 * not). Self-describing by its first byte: 0xff is the mark of V8's format.
 * @throws EncodingError when the value cannot be cloned
 */
export function encodeHop(value: unknown): Buffer {
  try {
    return serialize(value);
  } catch (cause) {
    throw new EncodingError(`the value cannot be handed to the next stage: ${(cause as Error).message}`, { cause });
  }
}

/** The value behind a payload of `encodeHop`. */
export function decodeHop(payload: Uint8Array): unknown {
  return deserialize(payload);
}
