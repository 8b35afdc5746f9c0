import { DecodingError, EncodingError, type Codec } from '#libs/contracts';

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Plain text in UTF-8 as a string. `decode` refuses invalid UTF-8, `encode` anything but a string. @publicApi */
export const text: Codec = {
  name: 'text',
  mediaType: 'text/plain; charset=utf-8',
  decode(bytes) {
    try {
      return utf8.decode(bytes);
    } catch (cause) {
      throw new DecodingError('the body is not valid UTF-8', { cause });
    }
  },
  encode(value) {
    if (typeof value !== 'string') throw new EncodingError(`text codec got ${typeof value} where a string is needed`);
    return Buffer.from(value);
  },
};
