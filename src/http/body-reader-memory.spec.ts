import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import type { PayloadStore, SharedBytes } from '#libs/contracts';
import { ByteBudget } from '#libs/pipeline';
import { BodyReader } from './body-reader.js';
import { UploadWatch } from './upload-watch.js';

function read(store: PayloadStore, chunks: readonly string[]) {
  const limits = { maxBytes: 100, budget: new ByteBudget(1000), uploads: new UploadWatch(0, () => 0), store };
  return new Promise<{ body: string | undefined; shared: SharedBytes | undefined }>((resolve) => {
    const stream = Readable.from(chunks.map((chunk) => Buffer.from(chunk)));
    new BodyReader(stream, limits, 0, (_error, body, shared) => resolve({ body: body?.toString(), shared })).read(
      undefined,
    );
  });
}

describe('when there is shared memory for bodies', () => {
  it('should hand over what was put there', async () => {
    const seen: unknown[] = [];
    const slot = { bytes: Buffer.from('the slot') } as SharedBytes;
    const store = {
      store: (chunks: readonly Uint8Array[], length: number) => (seen.push(chunks.map(String), length), slot),
    };
    expect(await read(store, ['ab', 'c'])).toEqual({ body: 'the slot', shared: slot });
    expect(seen).toEqual([[String(Buffer.from('ab')), String(Buffer.from('c'))], 3]);
  });

  it('should hand over the chunks themselves when there is no room', async () => {
    expect(await read({ store: () => undefined }, ['ab', 'c'])).toEqual({ body: 'abc', shared: undefined });
  });
});
