import { describe, expect, it } from 'vitest';
import { EncodingError } from '#libs/contracts';
import { image } from './image.codec.js';
import type { UploadedFile } from './uploaded-file.js';

describe('when a body is an image', () => {
  it.each([
    ['image/png', 'image/png'],
    ['Image/JPEG; q=1', 'image/jpeg'],
    ['', 'application/octet-stream'],
    [undefined, 'application/octet-stream'],
  ])('should say of %j that it is %s', (contentType, mediaType) => {
    expect(image.decode(Buffer.from('x'), { contentType })).toEqual({ mediaType, data: Buffer.from('x') });
  });

  it('should be a view of the body', () => {
    const room = Buffer.from('.png.');
    const { data } = image.decode(room.subarray(1, 4)) as UploadedFile;
    expect(data.toString()).toBe('png');
    expect(data.buffer).toBe(room.buffer);
  });

  it('should not be written', () => {
    expect(() => image.encode(Buffer.from('x'))).toThrow(EncodingError);
  });
});
