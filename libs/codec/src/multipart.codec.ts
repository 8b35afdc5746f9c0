import type { BusboyInstance } from '@fastify/busboy';
import { DecodingError, EncodingError, type Codec } from '#libs/contracts';
import { FormParts } from './form-parts.js';
import type { UploadedFile } from './uploaded-file.js';

const LIMITS = { fieldSize: Infinity, parts: 1_000, headerPairs: 100, headerSize: 16_384 };

/**
 * A form with files (`multipart/form-data`), as an object by the names of its parts: a text for a field, an
 * `UploadedFile` for a file, and a list where a name comes several times. A form of more than 1 000 parts is refused.
 * Only reads.
 * @publicApi
 */
export const multipart: Codec = {
  name: 'multipart',
  mediaType: 'multipart/form-data',
  readOnly: true,
  async load() {
    await import('@fastify/busboy');
  },
  async decode(body, source) {
    const { Busboy } = await import('@fastify/busboy');
    const headers = { 'content-type': source?.contentType ?? '' };
    if (!headers['content-type']) throw new DecodingError('a form needs a Content-Type with its boundary');
    try {
      return await parse(new Busboy({ headers, limits: LIMITS }), body);
    } catch (cause) {
      throw cause instanceof DecodingError ? cause : new DecodingError((cause as Error).message, { cause });
    }
  },
  encode() {
    throw new EncodingError('codec "multipart" only reads');
  },
};

function parse(busboy: BusboyInstance, body: Uint8Array): Promise<object> {
  return new Promise((resolve, reject) => {
    const parts = new FormParts();
    // What a listener throws would end the worker.
    const add = (name: string | undefined, part: string | UploadedFile): void => {
      if (name === undefined) reject(new DecodingError('a part of the form has no name'));
      else parts.add(name, part);
    };
    busboy.on('field', add);
    busboy.on('file', (name, stream, filename, _encoding, mediaType) => {
      const chunks: Buffer[] = [];
      const file = { ...(filename && { filename }), mediaType, data: Buffer.alloc(0) };
      add(name, file);
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => (file.data = Buffer.concat(chunks)));
      stream.on('error', reject);
    });
    busboy.on('partsLimit', () => reject(new DecodingError(`a form has over ${LIMITS.parts} parts`)));
    busboy.on('error', reject);
    busboy.on('finish', () => resolve(parts.toObject()));
    busboy.end(Buffer.from(body.buffer, body.byteOffset, body.byteLength));
  });
}
