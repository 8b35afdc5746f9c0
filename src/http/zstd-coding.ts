import * as zlib from 'node:zlib';
import { DECODED_CHUNK_BYTES, type ContentCoding, type Decoder, type OnCoded } from './content-coding.js';

interface ZstdOptions {
  readonly chunkSize?: number;
  readonly params: Readonly<Record<number, number>>;
}

/** What Node has from 22.15 on, and the types of Node 20 do not know. */
interface ZstdFunctions {
  readonly createZstdDecompress: (options: ZstdOptions) => Decoder;
  readonly zstdCompress: (bytes: Uint8Array, options: ZstdOptions, done: OnCoded) => void;
  readonly constants: { readonly ZSTD_c_compressionLevel: number; readonly ZSTD_d_windowLogMax: number };
}

/** The default of zstd, which takes less time than the fastest level of gzip. */
const LEVEL = 3;
/** 8 MiB: what RFC 9659 allows a client to ask of a server. */
const WINDOW_LOG_MAX = 23;

function codingOf({ createZstdDecompress, zstdCompress, constants }: ZstdFunctions): ContentCoding {
  const compressing = { params: { [constants.ZSTD_c_compressionLevel]: LEVEL } };
  const decompressing = {
    chunkSize: DECODED_CHUNK_BYTES,
    params: { [constants.ZSTD_d_windowLogMax]: WINDOW_LOG_MAX },
  };
  return {
    name: 'zstd',
    createDecoder: () => createZstdDecompress(decompressing),
    encode: (bytes, done) => zstdCompress(bytes, compressing, done),
  };
}

/** Undefined where this version of Node has none. */
export const zstd: ContentCoding | undefined =
  'createZstdDecompress' in zlib ? codingOf(zlib as unknown as ZstdFunctions) : undefined;
