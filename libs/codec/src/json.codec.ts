import { DecodingError, EncodingError, type Codec } from '#libs/contracts';

/**
 * JSON in UTF-8. `decode` accepts any JSON value; `encode` refuses what JSON has no form for (undefined, a
 * function, a BigInt, a cycle).
 * @publicApi
 */
export const json: Codec = {
  name: 'json',
  mediaType: 'application/json',
  decode(bytes) {
    try {
      return JSON.parse(asText(bytes)) as unknown;
    } catch (cause) {
      throw new DecodingError((cause as Error).message, { cause });
    }
  },
  encode(value) {
    const text = JSON.stringify(value) as string | undefined;
    if (text === undefined) throw new EncodingError(`JSON has no form for ${typeof value}`);
    return Buffer.from(text);
  },
};

function asText(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString();
}
