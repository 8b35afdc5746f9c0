import { PassThrough } from 'node:stream';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { describe, expect, it, vi } from 'vitest';
import type { MosecError } from '#libs/contracts';
import { ByteBudget } from '#libs/pipeline';
import { BodyReader } from './body-reader.js';
import type { ContentCoding } from './content-coding.js';
import { CONTENT_CODINGS } from './content-codings.js';
import { UploadWatch } from './upload-watch.js';

const MAX_BYTES = 200_000;
const gzip = CONTENT_CODINGS.find(({ name }) => name === 'gzip') as ContentCoding;
const plain = Buffer.from(Array.from({ length: 20_000 }, (_, index) => `${index % 313} `).join('')).subarray(0, 70_000);
const turn = () => new Promise((resolve) => setImmediate(resolve));
const encode = (coding: ContentCoding, bytes: Uint8Array): Promise<Buffer> => promisify(coding.encode)(bytes);

function readerOf(codings: readonly ContentCoding[], { budgetBytes = 1_000_000, maxBytes = MAX_BYTES } = {}) {
  const stream = new PassThrough();
  const budget = new ByteBudget(budgetBytes);
  budget.take(1);
  const uploads = new UploadWatch(0, () => 0);
  const watched = { remove: vi.spyOn(uploads, 'remove'), discard: vi.spyOn(uploads, 'discard') };
  const decoders = codings.map((coding) => coding.createDecoder());
  const made = decoders.map((decoder, index) => ({ ...codings[index], createDecoder: () => decoder }) as ContentCoding);
  const calls: (string | Buffer)[] = [];
  const callback = (error: MosecError | undefined, body?: Buffer): void => {
    calls.push(error ? `${error.statusCode} ${error.code} ${error.message}` : (body ?? 'nothing'));
  };
  const reader = new BodyReader(stream, { maxBytes, budget, uploads }, 0, callback);
  reader.read(undefined, made);
  const done = () => expect.poll(() => calls.length, { timeout: 20_000 }).toBe(1);
  return { reader, stream, budget, watched, decoders, calls, done };
}

async function outcome(codings: readonly ContentCoding[], pieces: readonly Uint8Array[], limits = {}) {
  const { stream, done, calls, decoders, budget, reader } = readerOf(codings, limits);
  for (const piece of pieces) {
    stream.write(piece);
    await turn();
    await turn();
  }
  stream.end();
  await done();
  await expect.poll(() => decoders.every(({ destroyed }) => destroyed)).toBe(true);
  expect(budget.heldBytes).toBe(1 + reader.bodyBytes);
  return calls[0];
}

describe.each(CONTENT_CODINGS)('when a body is in $name', (coding) => {
  it('should be handed over decoded, its decoded bytes counted', async () => {
    const coded = await encode(coding, plain);
    expect(plain.equals((await outcome([coding], [coded])) as Buffer)).toBe(true);
  });

  it('should be put together from pieces of any size', async () => {
    const coded = await encode(coding, plain);
    const pieces = Array.from({ length: Math.ceil(coded.length / 97) }, (_, i) => coded.subarray(i * 97, i * 97 + 97));
    expect(plain.equals((await outcome([coding], pieces)) as Buffer)).toBe(true);
  });

  it('should be empty where nothing is sent, or nothing was coded', async () => {
    expect(await outcome([coding], [])).toEqual(Buffer.alloc(0));
    expect(await outcome([coding], [await encode(coding, Buffer.alloc(0))])).toEqual(Buffer.alloc(0));
  });

  it('should be refused with 400 where its end is missing', async () => {
    const coded = await encode(coding, plain);
    for (const length of [1, 5, coded.length >> 1, coded.length - 1]) {
      const reason = new RegExp(`^400 DECODING the body is not valid ${coding.name}: unexpected end of file$`);
      expect(await outcome([coding], [coded.subarray(0, length)])).toMatch(reason);
    }
  });

  it('should be refused with 400 where it is something else', async () => {
    expect(await outcome([coding], [Buffer.from('[1,2,3]')])).toMatch(/^400 DECODING the body is not valid/);
  });

  it.each(['garbage', '\0'.repeat(20)])('should be refused with 400 where %j follows it', async (garbage) => {
    const coded = await encode(coding, plain);
    const tail = Buffer.from(garbage);
    for (const pieces of [[Buffer.concat([coded, tail])], [coded, tail], [coded, tail, tail, Buffer.alloc(300_000)]]) {
      expect(await outcome([coding], pieces, { maxBytes: 1_000_000 })).toMatch(/^400 DECODING the body is not valid/);
    }
  });

  it('should be taken at exactly the limit, and refused with 413 one byte above', async () => {
    const coded = await encode(coding, plain);
    expect(await outcome([coding], [coded], { maxBytes: plain.length })).toBeInstanceOf(Buffer);
    expect(await outcome([coding], [coded], { maxBytes: plain.length - 1 })).toMatch(/^413 TOO_LARGE/);
  });

  it('should be given up with 413 soon after the limit, however much would come of it', async () => {
    const bomb = await encode(coding, Buffer.alloc(100 * MAX_BYTES));
    const { stream, done, calls, decoders, reader } = readerOf([coding]);
    const made = vi.fn();
    decoders[0]?.on('data', made);
    stream.end(bomb);
    await done();
    expect(calls).toEqual(['413 TOO_LARGE request body is too large']);
    expect([reader.bodyBytes <= MAX_BYTES, made.mock.calls.length < 10]).toEqual([true, true]);
    await expect.poll(() => decoders[0]?.destroyed).toBe(true);
  });
});

describe('when a body is in two codings', () => {
  const other = CONTENT_CODINGS.find(({ name }) => name === 'br') as ContentCoding;

  it('should have the last one undone first', async () => {
    const coded = await encode(other, await encode(gzip, plain));
    expect(plain.equals((await outcome([other, gzip], [coded])) as Buffer)).toBe(true);
  });

  it('should be refused with 413 where it is too large only between the two', async () => {
    // Many members without content: large by themselves, nothing once they are decoded.
    const empty = gzipSync('');
    const members = Buffer.concat(Array<Buffer>(Math.ceil(MAX_BYTES / empty.length) + 1).fill(empty));
    expect(await outcome([gzip], [members], { maxBytes: members.length })).toEqual(Buffer.alloc(0));
    expect(await outcome([other, gzip], [await encode(other, members)])).toMatch(/^413/);
  });

  it('should be refused with 413 where it is too large as it is sent', async () => {
    const empty = gzipSync('');
    const { stream, done, calls } = readerOf([gzip]);
    for (let bytes = 0; bytes <= MAX_BYTES; bytes += empty.length) stream.write(empty);
    await done();
    expect(calls).toEqual(['413 TOO_LARGE request body is too large']);
  });

  it('should name the coding that is broken', async () => {
    const coded = await encode(other, Buffer.from('no gzip'));
    expect(await outcome([other, gzip], [coded])).toBe(
      '400 DECODING the body is not valid gzip: incorrect header check',
    );
    const garbled = await encode(other, Buffer.concat([await encode(gzip, plain), Buffer.alloc(9)]));
    expect(await outcome([other, gzip], [garbled])).toBe(
      '400 DECODING the body is not valid gzip: something follows its end',
    );
  });
});

describe('when much is held already', () => {
  it('should refuse a coded body by what becomes of it: 503', async () => {
    const coded = await encode(gzip, plain);
    expect(coded.length).toBeLessThan(50_000);
    expect(await outcome([gzip], [coded], { budgetBytes: 50_000 })).toBe('503 UNAVAILABLE too many bytes are waiting');
  });
});

describe('when a coded body does not come to its end', () => {
  it('should be given up where the client goes away, and its decoders freed', async () => {
    const { stream, done, calls, decoders, watched } = readerOf([gzip, gzip]);
    stream.write(gzipSync(gzipSync(plain)).subarray(0, 50));
    await turn();
    stream.destroy(new Error('aborted'));
    await done();
    expect(calls).toEqual(['499 CANCELLED the client went away']);
    expect(decoders.map(({ destroyed }) => destroyed)).toEqual([true, true]);
    expect(watched.remove).toHaveBeenCalled();
  });

  it('should be given up where the client goes away while the last of it is decoded', async () => {
    const { reader, stream, calls, decoders } = readerOf([gzip]);
    stream.end(gzipSync(plain));
    await new Promise((resolve) => stream.once('end', resolve));
    reader.cancel();
    await turn();
    expect(calls).toEqual(['499 CANCELLED the client went away']);
    expect(decoders[0]?.destroyed).toBe(true);
  });

  it('should be given up where it is too slow', async () => {
    const { reader, stream, calls, decoders } = readerOf([gzip]);
    stream.write(gzipSync(plain).subarray(0, 50));
    await turn();
    reader.tooSlow();
    stream.end();
    await turn();
    expect(calls).toEqual(['408 TIMEOUT request body arrived too slowly']);
    expect(decoders[0]?.destroyed).toBe(true);
  });
});

describe('when somebody watches how fast a coded body comes', () => {
  it('should tell the bytes that were sent, not those that became of them, until all have come', async () => {
    const coded = gzipSync(Buffer.alloc(100_000));
    const { reader, stream, done, watched } = readerOf([gzip]);
    stream.write(coded.subarray(0, -1));
    await expect.poll(() => reader.bodyBytes).toBe(100_000);
    expect(reader.receivedBytes).toBe(coded.length - 1);
    const whole = new Promise<void>((resolve) => stream.once('end', resolve));
    stream.end(coded.subarray(-1));
    await whole;
    expect(watched.remove).toHaveBeenCalled();
    await done();
  });
});
