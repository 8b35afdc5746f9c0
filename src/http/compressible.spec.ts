import { describe, expect, it } from 'vitest';
import { isCompressible } from './compressible.js';

describe('when a media type is worth compressing', () => {
  it.each([
    'application/json',
    'application/json; charset=utf-8',
    'text/plain; charset=utf-8',
    'application/msgpack',
    'application/octet-stream',
    'application/x-numbin',
    'image/svg+xml',
    'image/bmp',
    '',
  ])('should say so of "%s"', (type) => {
    expect(isCompressible(type)).toBe(true);
  });

  it.each([
    'image/png',
    'IMAGE/JPEG',
    'image/webp; q=1',
    'audio/mpeg',
    'video/mp4',
    'font/woff2',
    'application/zip',
    'application/gzip',
    'application/x-gzip',
    'application/x-7z-compressed',
    'application/pdf',
    'application/epub+zip',
    'text/event-stream',
    'text/event-stream; charset=utf-8',
  ])('should deny it of "%s"', (type) => {
    expect(isCompressible(type)).toBe(false);
  });
});
