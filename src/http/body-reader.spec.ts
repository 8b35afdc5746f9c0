import { PassThrough } from 'node:stream';
import { once } from 'node:events';
import { describe, expect, it, vi } from 'vitest';
import type { MosecError } from '#libs/contracts';
import { ByteBudget } from '#libs/pipeline';
import { BodyReader } from './body-reader.js';
import { UploadWatch } from './upload-watch.js';

const closed = (stream: PassThrough) => new Promise((resolve) => stream.once('close', resolve));
const turn = () => new Promise((resolve) => setImmediate(resolve));

/** A reader of at most 10 bytes, with a budget of `budgetBytes` of which 5 are held by others. */
function readerOf(contentLength?: string, budgetBytes = 100) {
  const stream = new PassThrough();
  const budget = new ByteBudget(budgetBytes);
  budget.take(5);
  const uploads = new UploadWatch(0, () => 0);
  const watched = { add: vi.spyOn(uploads, 'add'), remove: vi.spyOn(uploads, 'remove') };
  const calls: string[] = [];
  const callback = (error: MosecError | undefined, body?: Buffer): void => {
    calls.push(error ? `${error.statusCode} ${error.code}` : `body ${body?.toString()}`);
  };
  const reader = new BodyReader(stream, { maxBytes: 10, budget, uploads }, 0, callback);
  const read = (): void => reader.read(contentLength);
  return { reader, read, stream, budget, watched, calls };
}

describe('when a body arrives', () => {
  it('should be handed over whole, its bytes counted as they come', async () => {
    const { read, stream, budget, calls, watched } = readerOf('6');
    read();
    stream.write('abc');
    await turn();
    expect([budget.heldBytes, calls]).toEqual([8, []]);
    stream.end('def');
    await closed(stream);
    expect([budget.heldBytes, calls]).toEqual([11, ['body abcdef']]);
    expect(watched.add).toHaveBeenCalledOnce();
    expect(watched.remove).toHaveBeenCalledOnce();
  });

  it('should be handed over without a copy where it came in one piece', async () => {
    const stream = new PassThrough();
    const piece = Buffer.from('abc');
    const uploads = new UploadWatch(0, () => 0);
    const body = new Promise<Buffer | undefined>((resolve) => {
      const limits = { maxBytes: 10, budget: new ByteBudget(10), uploads };
      new BodyReader(stream, limits, 0, (_error, whole) => resolve(whole)).read('3');
    });
    stream.end(piece);
    expect((await body)?.buffer).toBe(piece.buffer);
  });

  it('should be handed over where it is empty', async () => {
    const { read, stream, calls } = readerOf();
    read();
    stream.end();
    await closed(stream);
    expect(calls).toEqual(['body ']);
  });
});

describe('when a body is too large', () => {
  it('should be refused by its announced length, before a byte is read', () => {
    const { read, stream, calls, watched } = readerOf('11');
    read();
    expect([calls, stream.listenerCount('data')]).toEqual([['413 TOO_LARGE'], 0]);
    expect(watched.add).not.toHaveBeenCalled();
  });

  it.each([undefined, '3'])('should be refused when it passes the limit, whatever it announced: %s', async (length) => {
    const { read, stream, calls, reader, watched } = readerOf(length);
    read();
    stream.write('12345678');
    stream.end('90123456');
    await closed(stream);
    expect([calls, reader.bodyBytes]).toEqual([['413 TOO_LARGE'], 8]);
    expect(watched.remove).toHaveBeenCalledOnce();
  });

  it('should be read to its end and thrown away, so that the client gets to read the answer', async () => {
    const { read, stream, budget } = readerOf();
    read();
    stream.write('12345678901');
    for (let i = 0; i < 8; i += 1) stream.write(Buffer.alloc(65_536));
    stream.end();
    await once(stream, 'end');
    expect(budget.heldBytes).toBe(5);
  });
});

describe('when too much is held already', () => {
  it('should refuse a body by its announced length: 503', () => {
    const { read, calls } = readerOf('6', 10);
    read();
    expect(calls).toEqual(['503 UNAVAILABLE']);
  });

  it('should refuse it at the piece that does not fit: 503', async () => {
    const { read, stream, calls, budget } = readerOf(undefined, 10);
    read();
    stream.write('1234');
    stream.end('56');
    await closed(stream);
    expect([calls, budget.heldBytes]).toEqual([['503 UNAVAILABLE'], 9]);
  });
});

describe('when a body does not come to its end', () => {
  it('should be given up where the client goes away', async () => {
    const { read, stream, calls, watched } = readerOf('6');
    read();
    stream.write('abc');
    stream.destroy(new Error('aborted'));
    await closed(stream);
    expect(calls).toEqual(['499 CANCELLED']);
    expect(watched.remove).toHaveBeenCalledOnce();
  });

  it('should be given up where the client has gone before', async () => {
    const { read, stream, calls, watched } = readerOf('6');
    stream.destroy();
    await closed(stream);
    read();
    expect(calls).toEqual(['499 CANCELLED']);
    expect(watched.remove.mock.calls.length).toBeGreaterThanOrEqual(watched.add.mock.calls.length);
  });

  it('should be given up where it is too slow, and once', async () => {
    const { reader, read, stream, calls } = readerOf('6');
    read();
    stream.write('a');
    reader.tooSlow();
    stream.end('b');
    await closed(stream);
    expect(calls).toEqual(['408 TIMEOUT']);
  });
});
