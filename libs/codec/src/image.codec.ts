import { EncodingError, type Codec } from '#libs/contracts';
import type { UploadedFile } from './uploaded-file.js';

/**
 * A request whose whole body is an image in any format, as an `UploadedFile` with the media type of the request. It is
 * not decoded into pixels. Only reads: for answers that are images write
 * `{ ...bytes, name: 'png', mediaType: 'image/png' }`.
 * @publicApi
 */
export const image: Codec = {
  name: 'image',
  mediaType: 'image/*',
  readOnly: true,
  decode(body, source): UploadedFile {
    const [type = ''] = (source?.contentType ?? '').split(';', 1);
    const data = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
    return { mediaType: type.trim().toLowerCase() || 'application/octet-stream', data };
  },
  encode() {
    throw new EncodingError('codec "image" only reads');
  },
};
