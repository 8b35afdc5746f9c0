import {
  bytes,
  image,
  json,
  msgpack,
  multipart,
  numbin,
  structuredClone,
  text,
  type NdArray,
  type UploadedFile,
} from '#libs/codec';
import type { Codec, HopCodec } from '#libs/contracts';
import { Stage } from '../../src/decorators/stage.decorator.js';

const csv: Codec = {
  name: 'csv',
  mediaType: 'text/csv',
  accepts: ['text/tab-separated-values'],
  load: () => Promise.resolve(),
  decode: (body, source) => Promise.resolve(`${source?.contentType}${body.length}`),
  encode: (value) => Buffer.from(String(value)),
};

const packed: HopCodec = { name: 'packed', decode: (body) => body.length, encode: () => new Uint8Array() };

Stage({ codec: [json, msgpack, text, bytes, numbin, multipart, image, csv], ipc: structuredClone });
Stage({ codec: csv, ipc: csv });
Stage({ ipc: packed });
Stage({ ipc: numbin });

// @ts-expect-error no form for HTTP bodies: it has no media type
Stage({ codec: structuredClone });

// @ts-expect-error a codec has a media type
Stage({ codec: packed });

// @ts-expect-error an object, not a name
Stage({ ipc: 'msgpack' });

const matrix: NdArray = { dtype: 'float32', shape: [1, 2], data: Float32Array.of(1, 2) };
export const long: NdArray<'int64'> = { dtype: 'int64', shape: [], data: BigInt64Array.of(1n) };

// @ts-expect-error the data of float64 is a Float64Array
export const wrong: NdArray = { dtype: 'float64', shape: [1], data: Float32Array.of(1) };

// @ts-expect-error not a dtype of NumPy
export const unknown: NdArray = { dtype: 'float8', shape: [1], data: Uint8Array.of(1) };

export function narrow(array: NdArray): Float32Array | bigint | undefined {
  if (array.dtype === 'float32') return array.data;
  return array.dtype === 'int64' ? array.data[0] : undefined;
}

@Stage({ codec: numbin })
export class Tensors {
  forward(input: NdArray<'float32' | 'uint8'>): NdArray {
    return input.dtype === 'uint8' ? matrix : input;
  }
}

@Stage({ codec: multipart })
export class Forms {
  forward({ photo }: { photo: UploadedFile }): number {
    return photo.data.length;
  }
}
