import { EncodingError, MosecError, type HopCodec } from '#libs/contracts';
import { bytes } from './bytes.codec.js';
import { hopHeaderBytes, isNamed, readHopHeader, writeHopHeader } from './hop-header.js';
import { json } from './json.codec.js';
import { msgpack } from './msgpack.codec.js';
import { encodeNdArray } from './numbin-format.js';
import { numbin } from './numbin.codec.js';
import { bytesTag, structuredClone } from './structured-clone.codec.js';
import { text } from './text.codec.js';

const BUILT_IN: ReadonlyMap<string, HopCodec> = new Map(
  [structuredClone, msgpack, numbin, json, text, bytes].map((codec) => [codec.name, codec]),
);

/** From this size on it pays to have bytes in two parts. */
const PARTS_BYTES = 1024;

/** The codec of this name that every stage can read without being told of it. */
export function builtInHopCodec(name: string): HopCodec | undefined {
  return BUILT_IN.get(name);
}

/**
 * The hand-over of a value to the next stage. The payload tells its codec by its first bytes.
 * @throws EncodingError when the codec has no form for the value
 */
export function encodeHop(value: unknown, codec: HopCodec = structuredClone): Buffer {
  try {
    if (codec === structuredClone) return codec.encode(value) as Buffer;
    return codec === numbin ? encodeAligned(value) : encodeNamed(value, codec);
  } catch (cause) {
    if (cause instanceof MosecError) throw cause;
    throw new EncodingError(`the value cannot be handed to the next stage: ${(cause as Error).message}`, { cause });
  }
}

/**
 * As `encodeHop`, in parts where that saves a copy: bytes of the value itself come after their tag.
 * @throws EncodingError when the codec has no form for the value
 */
export function encodeHopParts(value: unknown, codec: HopCodec = structuredClone): Uint8Array | readonly Uint8Array[] {
  const inPlace = codec === structuredClone && value instanceof Uint8Array && value.length >= PARTS_BYTES;
  return inPlace ? [bytesTag(value), value] : encodeHop(value, codec);
}

/**
 * The value behind a payload of `encodeHop`, or a promise of it where the codec gives one. Bytes are a view of the
 * payload.
 * @param own codecs that users wrote, of the stages that send here
 * @throws Error naming the codec that cannot read it
 */
export function decodeHop(payload: Uint8Array, own: readonly HopCodec[] = []): unknown {
  if (!isNamed(payload)) return structuredClone.decode(payload);
  const { name, length } = readHopHeader(payload);
  const codec = builtInHopCodec(name) ?? own.find((candidate) => candidate.name === name);
  if (!codec) throw new Error(`a hand-over came in codec "${name}", which is not known here`);
  try {
    return codec.decode(payload.subarray(length));
  } catch (cause) {
    // Not the client's fault, whatever the codec says of request bodies.
    throw new Error(`a hand-over in codec "${name}" cannot be read: ${(cause as Error).message}`, { cause });
  }
}

function encodeNamed(value: unknown, codec: HopCodec): Buffer {
  const body: unknown = codec.encode(value);
  if (!(body instanceof Uint8Array)) throw new EncodingError(`codec "${codec.name}" gave no Uint8Array`);
  const length = hopHeaderBytes(codec.name);
  const payload = Buffer.allocUnsafe(length + body.length);
  writeHopHeader(payload, codec.name, length);
  payload.set(body, length);
  return payload;
}

/** The elements begin at a multiple of 8, so that an aligned payload is read without a copy. */
function encodeAligned(value: unknown): Buffer {
  let length = hopHeaderBytes(numbin.name);
  const payload = encodeNdArray(value, (header) => {
    length += (8 - ((length + header) % 8)) % 8;
    return length;
  });
  writeHopHeader(payload, numbin.name, length);
  return payload;
}
