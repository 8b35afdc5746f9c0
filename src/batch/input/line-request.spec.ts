import { describe, expect, it } from 'vitest';
import { formatOf, type LineFormat } from './line-format.js';
import { readRequest } from './line-request.js';

const read = (text: string | Buffer, format: LineFormat = 'plain') => {
  const bytes = Buffer.from(text as string);
  const line = { number: 1, bytes, length: bytes.length, end: bytes.length, ended: true };
  const request = readRequest(line, { format, route: '/fallback', maxLineBytes: 1000 });
  return 'body' in request ? { ...request, body: request.body.toString() } : request;
};
const envelope = (rest: object) => JSON.stringify({ custom_id: 'a', method: 'POST', url: '/v1/x', body: {}, ...rest });

describe('when a line is a body', () => {
  it('should send it as it stands', () => {
    expect(read('{"n": 12345678901234567890}\r')).toEqual({
      customId: undefined,
      route: '/fallback',
      body: '{"n": 12345678901234567890}\r',
    });
  });

  it.each([
    ['', 'EMPTY_LINE'],
    [' \r', 'EMPTY_LINE'],
    ['{"a":', 'BROKEN_JSON'],
    ['{}{}', 'BROKEN_JSON'],
    [Buffer.from([0x22, 0xff, 0x22]), 'NOT_UTF8'],
    [`"${'x'.repeat(1000)}"`, 'LINE_TOO_LONG'],
  ])('should say what is wrong with %j', (text, code) => {
    expect(read(text)).toMatchObject({ code });
  });
});

describe("when a line is of OpenAI's batch files", () => {
  it('should send the body to the URL of the line, or to the route without one', () => {
    expect(read(envelope({ body: { q: 1 } }), 'openai')).toEqual({ customId: 'a', route: '/v1/x', body: '{"q":1}' });
    expect(read('{"custom_id":"b","body":null}', 'openai')).toEqual({
      customId: 'b',
      route: '/fallback',
      body: 'null',
    });
  });

  it.each([
    [envelope({ custom_id: 1 }), 'NO_CUSTOM_ID', undefined],
    ['null', 'NO_CUSTOM_ID', undefined],
    [envelope({ method: 'GET' }), 'WRONG_METHOD', 'a'],
    [envelope({ url: 'http://elsewhere/' }), 'WRONG_URL', 'a'],
    [envelope({ url: '//elsewhere/' }), 'WRONG_URL', 'a'],
    [envelope({ url: '/a b' }), 'WRONG_URL', 'a'],
    [envelope({ body: undefined }), 'NO_BODY', 'a'],
  ])('should say what is wrong with %s', (text, code, customId) => {
    expect(read(text, 'openai')).toMatchObject({ code, customId });
  });
});

describe('when the format is judged', () => {
  it.each([
    [{ custom_id: 'a', method: 'POST', url: '/', body: {} }, 'openai'],
    [{ custom_id: 'a', body: 1 }, 'openai'],
    [{ custom_id: 'a', body: {}, text: '' }, 'plain'],
    [{ body: {} }, 'plain'],
    [[1], 'plain'],
    [null, 'plain'],
  ])('should take %j as %s', (value, format) => {
    expect(formatOf(value)).toBe(format);
  });
});
