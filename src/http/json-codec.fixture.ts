import type { Codec } from '#libs/contracts';

/** What a worker would answer with. */
export const json: Codec = {
  name: 'json',
  mediaType: 'application/json',
  decode: (bytes) => JSON.parse(Buffer.from(bytes).toString()) as unknown,
  encode: (value) => Buffer.from(JSON.stringify(value)),
};
