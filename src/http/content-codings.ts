import * as zlib from 'node:zlib';
import { DECODED_CHUNK_BYTES, type ContentCoding } from './content-coding.js';
import { zstd } from './zstd-coding.js';

/** Levels for answers that somebody waits for: above them it takes twice as long to save a few per cent. */
const DEFLATE_LEVEL = 4;
const BROTLI_QUALITY = 4;

const chunkSize = DECODED_CHUNK_BYTES;
const level = DEFLATE_LEVEL;

const gzip: ContentCoding = {
  name: 'gzip',
  createDecoder: () => zlib.createGunzip({ chunkSize }),
  encode: (bytes, done) => zlib.gzip(bytes, { level }, done),
};

/** The zlib format (RFC 1950), as HTTP has it; not the bare deflate stream that some clients took it for. */
const deflate: ContentCoding = {
  name: 'deflate',
  createDecoder: () => zlib.createInflate({ chunkSize }),
  encode: (bytes, done) => zlib.deflate(bytes, { level }, done),
};

const { BROTLI_PARAM_QUALITY, BROTLI_PARAM_SIZE_HINT } = zlib.constants;

const br: ContentCoding = {
  name: 'br',
  createDecoder: () => zlib.createBrotliDecompress({ chunkSize }),
  encode: (bytes, done) => {
    const params = { [BROTLI_PARAM_QUALITY]: BROTLI_QUALITY, [BROTLI_PARAM_SIZE_HINT]: bytes.length };
    zlib.brotliCompress(bytes, { params }, done);
  },
};

/** What this version of Node can code. Of those that a client likes equally, the first is taken: the fastest. */
export const CONTENT_CODINGS: readonly ContentCoding[] = [...(zstd ? [zstd] : []), gzip, br, deflate];
