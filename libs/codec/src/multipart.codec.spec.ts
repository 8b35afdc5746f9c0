import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DecodingError, EncodingError } from '#libs/contracts';
import { multipart } from './multipart.codec.js';

const TYPE = 'multipart/form-data; boundary=XX';
const part = (headers: string, body: string): string => `--XX\r\n${headers}\r\n\r\n${body}\r\n`;
const field = (name: string, body: string): string => part(`Content-Disposition: form-data; name="${name}"`, body);
const file = (name: string, filename: string, body: string): string =>
  part(`Content-Disposition: form-data; name="${name}"; filename="${filename}"\r\nContent-Type: image/png`, body);

const decode = (body: string, contentType: string | undefined = TYPE): Promise<unknown> =>
  multipart.decode(Buffer.from(body), { contentType }) as Promise<unknown>;

describe('when a body is a form', () => {
  it('should hold its fields and files by name', async () => {
    const body = `${field('caption', 'é 🙂')}${file('photo', 'a.png', '\x89PNG\r\n--X')}--XX--\r\n`;
    expect(await decode(body)).toEqual({
      caption: 'é 🙂',
      photo: { filename: 'a.png', mediaType: 'image/png', data: Buffer.from('\x89PNG\r\n--X') },
    });
  });

  it('should make a list of a name that comes several times', async () => {
    const body = `${field('tag', 'a')}${field('tag', 'b')}${field('tag', 'c')}--XX--`;
    expect(await decode(body)).toEqual({ tag: ['a', 'b', 'c'] });
  });

  it('should read what fetch writes', async () => {
    const form = new FormData();
    const bytes = Uint8Array.from({ length: 200_000 }, (_, i) => i % 251);
    form.append('text', 'x'.repeat(2_000_000));
    form.append('file', new File([bytes], 'data.bin', { type: 'application/x-data' }));
    form.append('empty', new File([], 'empty.bin'));
    const request = new Request('http://localhost', { method: 'POST', body: form });
    const body = new Uint8Array(await request.arrayBuffer());
    expect(await multipart.decode(body, { contentType: request.headers.get('content-type') ?? '' })).toEqual({
      text: 'x'.repeat(2_000_000),
      file: { filename: 'data.bin', mediaType: 'application/x-data', data: Buffer.from(bytes) },
      empty: { filename: 'empty.bin', mediaType: 'application/octet-stream', data: Buffer.alloc(0) },
    });
  });

  it('should drop the folders of a file name', async () => {
    expect(await decode(`${file('f', '../../etc/passwd', '')}--XX--`)).toMatchObject({ f: { filename: 'passwd' } });
  });

  it('should keep the name __proto__ an ordinary one', async () => {
    const value = (await decode(`${field('__proto__', 'x')}--XX--`)) as object;
    expect(Object.keys(value)).toEqual(['__proto__']);
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
  });
});

describe('when a body is no form', () => {
  it.each([
    ['without a content type', field('a', '1'), '', 'a form needs a Content-Type with its boundary'],
    ['of another type', field('a', '1'), 'application/json', /Unsupported|unsupported/],
    ['without a boundary', field('a', '1'), 'multipart/form-data', /[Bb]oundary/],
    ['that ends early', field('a', '1'), TYPE, /[Uu]nexpected end/],
    ['without any part', 'hello', TYPE, /[Uu]nexpected end/],
    ['with a part that has no name', `${part('Content-Disposition: form-data', '1')}--XX--`, TYPE, 'has no name'],
    ['with too many parts', `${field('a', '1').repeat(1_001)}--XX--`, TYPE, 'a form has over 1000 parts'],
  ])('should refuse one %s', async (_what, body, contentType, message) => {
    const error: unknown = await decode(body, contentType).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(DecodingError);
    expect((error as Error).message).toMatch(message);
  });
});

describe('when a form is damaged on its way', () => {
  const whole = Buffer.from(`${field('caption', 'a')}${file('photo', 'a.png', 'PNG'.repeat(20))}--XX--\r\n`);

  it('should always come to an end: a value or a DecodingError', async () => {
    const at = fc.nat(whole.length);
    await fc.assert(
      fc.asyncProperty(at, at, fc.uint8Array({ maxLength: 8 }), async (from, to, insert) => {
        const damaged = Buffer.concat([whole.subarray(0, from), insert, whole.subarray(to)]);
        const outcome = await decode(damaged.toString('latin1')).catch((reason: unknown) => reason);
        if (outcome instanceof Error) expect(outcome).toBeInstanceOf(DecodingError);
        else expect(outcome).toBeTypeOf('object');
      }),
      { numRuns: 1_000, timeout: 1_000 },
    );
  });
});

describe('when a form is to be written', () => {
  it('should be refused', () => {
    expect(() => multipart.encode({})).toThrow(EncodingError);
  });
});
