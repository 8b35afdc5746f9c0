import type * as Msgpackr from 'msgpackr';
import { DecodingError, EncodingError, type Codec } from '#libs/contracts';
import { loadPackage } from './load-package.js';
import { ArrayExtension, wrapArrays } from './msgpack-arrays.js';
import { decodeNdArray } from './numbin-format.js';

/** Extension under which `numbin` writes arrays into msgpack. */
const ARRAY_EXTENSION = 111;

let packr: Msgpackr.Packr | undefined;

/**
 * MessagePack as every language reads it, by the optional package `msgpackr`: no records, and `undefined` as nil.
 * Typed arrays (other than bytes) and `NdArray` values travel as extension 111, as Python's `numbin` has it. 64-bit
 * integers are decoded as numbers where they are safe and as BigInt beyond; byte strings are views of the body.
 * @publicApi
 */
export const msgpack: Codec = {
  name: 'msgpack',
  mediaType: 'application/msgpack',
  accepts: ['application/x-msgpack', 'application/vnd.msgpack'],
  load() {
    packer();
  },
  decode(bytes) {
    const unpacker = packer();
    try {
      return unpacker.unpack(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)) as unknown;
    } catch (cause) {
      if (cause instanceof DecodingError) throw cause;
      throw new DecodingError(reasonOf(cause as Error), { cause });
    }
  },
  encode(value) {
    const encoder = packer();
    try {
      return encoder.pack(wrapArrays(value));
    } catch (cause) {
      if (cause instanceof EncodingError) throw cause;
      throw new EncodingError(`msgpack has no form for the result: ${(cause as Error).message}`, { cause });
    }
  },
};

function packer(): Msgpackr.Packr {
  packr ??= createPackr(loadPackage<typeof Msgpackr>('msgpackr', 'codec "msgpack"'));
  return packr;
}

function createPackr({ Packr, addExtension }: typeof Msgpackr): Msgpackr.Packr {
  addExtension({
    type: ARRAY_EXTENSION,
    Class: ArrayExtension,
    pack: (value: ArrayExtension) => value.toBytes(),
    unpack: (bytes: Uint8Array) => decodeNdArray(bytes),
  });
  // 'auto' is missing in the package's types.
  const options = { useRecords: false, variableMapSize: true, encodeUndefinedAsNil: true, int64AsType: 'auto' };
  return new Packr(options as unknown as Msgpackr.Options);
}

/** msgpackr reads numbers past the end of a body as the platform does, with a RangeError. */
function reasonOf(error: Error): string {
  if (!(error instanceof RangeError)) return error.message;
  return error.message.includes('call stack') ? 'MessagePack data is nested too deeply' : 'MessagePack data ends early';
}
