import { DecodingError, EncodingError, HOP_FORMAT, MosecError, STORED_FORMAT, type Codec } from '#libs/contracts';
import { builtInCodec, decodeHop, encodeHop, encodeHopParts, stageCodecs } from '#libs/codec';
import { isStored } from '#libs/protocol';
import { isPromiseLike } from './is-promise-like.js';
import { isHttpException } from './to-mosec-error.js';
import type { ItemCall } from './item-call.js';
import type { StageHost } from './stage-host.js';

/** In parts where that saves a copy. */
export type Encoded = Uint8Array | readonly Uint8Array[];

/** Bytes to validated values and back, per item, by the formats that the item names. */
export class ItemCodec {
  private readonly codecs: readonly Codec[];

  constructor(private readonly host: StageHost) {
    this.codecs = stageCodecs(host.codecs);
  }

  /** @returns the input, or a promise of it where the stage or its validation is asynchronous */
  decode(call: ItemCall): unknown {
    const { inputFormat, payload } = call.item;
    const { acceptInput, instance } = this.host;
    if (inputFormat === HOP_FORMAT) return accept(this.decodeHop(payload), acceptInput);
    if (instance.deserialize) return this.deserialize(call);
    return accept(decodeBody(this.codec(inputFormat), call), acceptInput);
  }

  /** @returns the bytes, or a promise of them where the check of the output or the stage's `serialize` gives one */
  encode(call: ItemCall, value: unknown): Encoded | PromiseLike<Encoded> {
    const checked = this.host.checkOutput?.(value);
    return isPromiseLike(checked)
      ? Promise.resolve(checked).then(() => this.write(call, value))
      : this.write(call, value);
  }

  private write(call: ItemCall, value: unknown): Encoded | PromiseLike<Encoded> {
    const { instance, ipc, handOver } = this.host;
    const { outputFormat } = call.item;
    if (outputFormat === HOP_FORMAT) return encodeHopParts(value, ipc);
    if (outputFormat === STORED_FORMAT && handOver) return handOver.write(encodeHop(value, ipc));
    try {
      const bytes: unknown = instance.serialize
        ? instance.serialize(value, call)
        : this.codec(outputFormat).encode(value);
      return isPromiseLike(bytes) ? Promise.resolve(bytes).then(requireBytes, failEncoding) : requireBytes(bytes);
    } catch (error) {
      return failEncoding(error);
    }
  }

  private decodeHop(payload: Uint8Array): unknown {
    const { handOver, hopCodecs } = this.host;
    if (!handOver || !isStored(payload)) return decodeHop(payload, hopCodecs);
    return handOver.read(payload).then((value) => decodeHop(value, hopCodecs));
  }

  private async deserialize(call: ItemCall): Promise<unknown> {
    let value: unknown;
    try {
      value = await this.host.instance.deserialize?.(call.item.payload, call);
    } catch (error) {
      throw expected(error) ? error : new DecodingError('the stage could not read the body', { cause: error });
    }
    return accept(value, this.host.acceptInput);
  }

  private codec(format: number): Codec {
    const codec = this.codecs[format] ?? builtInCodec(format);
    if (!codec) throw new EncodingError(`stage "${this.host.name}" has no codec number ${format}`);
    return codec;
  }
}

function decodeBody(codec: Codec, call: ItemCall): unknown {
  try {
    const value = codec.decode(call.item.payload, call);
    return isPromiseLike(value) ? Promise.resolve(value).catch(failDecoding) : value;
  } catch (error) {
    return failDecoding(error);
  }
}

function failDecoding(error: unknown): never {
  throw error instanceof MosecError ? error : new DecodingError((error as Error).message, { cause: error });
}

function accept(value: unknown, acceptInput: StageHost['acceptInput']): unknown {
  if (!acceptInput) return value;
  return isPromiseLike(value) ? Promise.resolve(value).then(acceptInput) : acceptInput(value);
}

function requireBytes(bytes: unknown): Uint8Array {
  if (bytes instanceof Uint8Array) return bytes;
  throw new EncodingError('the encoded result is no Uint8Array');
}

function failEncoding(error: unknown): never {
  throw expected(error) ? error : new EncodingError('the result cannot be encoded', { cause: error });
}

/** Errors that carry their own status. */
function expected(error: unknown): boolean {
  return error instanceof MosecError || isHttpException(error);
}
