import { bareType } from './media-type.js';

/** Compressed by their own format: trying again costs time and saves nothing. */
const COMPRESSED = [
  /^image\/(?!svg\+xml$|bmp$|x-ms-bmp$)/,
  /^(audio|video)\//,
  /^font\/woff/,
  /^application\/(x-)?(zip|gzip|zstd|bzip2?|xz|7z-compressed|rar(-compressed)?)$/,
  /^application\/(pdf|java-archive|vnd\.rar|vnd\.openxmlformats-.*)$/,
  /\+(zip|gzip|zstd)$/,
];

/** Whether bodies of this media type are worth compressing. A stream of events never is: its parts leave one by one. */
export function isCompressible(mediaType: string): boolean {
  const type = bareType(mediaType);
  return type !== 'text/event-stream' && !COMPRESSED.some((pattern) => pattern.test(type));
}
