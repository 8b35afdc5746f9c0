import * as zlib from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { CONTENT_CODINGS } from './content-codings.js';

const text = Buffer.from(JSON.stringify(Array.from({ length: 2_000 }, (_, index) => ({ index, label: 'a label' }))));

describe('when the codings of this Node are listed', () => {
  it('should have zstd where Node has it, and first', () => {
    const all = CONTENT_CODINGS.map(({ name }) => name);
    expect(all).toEqual('zstdCompress' in zlib ? ['zstd', 'gzip', 'br', 'deflate'] : ['gzip', 'br', 'deflate']);
  });
});

describe.each(CONTENT_CODINGS)('when bytes are coded with $name', ({ createDecoder, encode }) => {
  const coded = (): Promise<Buffer> =>
    new Promise((resolve, reject) => encode(text, (error, bytes) => (error ? reject(error) : resolve(bytes))));

  it('should make them smaller, and its decoder should bring them back', async () => {
    const bytes = await coded();
    expect(bytes.length).toBeLessThan(text.length / 5);
    const decoder = createDecoder();
    decoder.end(bytes);
    expect(text.equals(Buffer.concat((await decoder.toArray()) as Buffer[]))).toBe(true);
    expect(decoder.bytesWritten).toBe(bytes.length);
  });
});
