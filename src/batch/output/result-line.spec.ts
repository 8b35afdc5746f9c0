import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Answer } from '../sending/reply.js';
import { isSuccess, resultLine, tellsSuccess, type LineOutcome } from './result-line.js';

const NAME = { number: 7, customId: 'a"\\', key: 'run-7' };
const answer = (body: string | Buffer, mediaType = 'application/json', status = 200): Answer => ({
  ...{ status, mediaType, requestId: 'r1', retryAfterMs: undefined },
  body: Buffer.from(body as string),
});
const plain = (outcome: LineOutcome): unknown => JSON.parse(resultLine(NAME, outcome, 'plain'));
const openai = (outcome: LineOutcome): unknown => JSON.parse(resultLine(NAME, outcome, 'openai'));
const FAILURE = { status: undefined, code: 'TIMEOUT', message: 'Late.' } as const;

describe('when an answer becomes a line', () => {
  it('should keep JSON as it came, on one line', () => {
    expect(resultLine(NAME, answer('{"n":1.0}'), 'plain')).toBe('{"line":7,"status":200,"body":{"n":1.0}}\n');
    expect(resultLine(NAME, answer('{\r\n "n": 1\n}'), 'plain')).toBe('{"line":7,"status":200,"body":{"n":1}}\n');
  });

  it('should say how it wrote what is not JSON', () => {
    expect(plain(answer('a\nb', 'text/plain'))).toMatchObject({
      contentType: 'text/plain',
      encoding: 'text',
      body: 'a\nb',
    });
    expect(plain(answer('{"a":', 'application/json'))).toMatchObject({ encoding: 'text', body: '{"a":' });
    const bytes = Buffer.from([0, 255]);
    expect(plain(answer(bytes, 'image/png'))).toMatchObject({ encoding: 'base64', body: bytes.toString('base64') });
    expect(plain(answer(bytes, 'text/plain'))).toMatchObject({ encoding: 'base64' });
    expect(plain(answer('', 'text/plain', 204))).toEqual({ line: 7, status: 204, body: null });
  });

  it('should have the shape of OpenAI for lines of that kind', () => {
    expect(openai(answer('{"a":1}', 'application/problem+json', 422))).toEqual({
      ...{ id: 'batch_req_run-7', custom_id: 'a"\\', error: null },
      response: { status_code: 422, request_id: 'r1', body: { a: 1 } },
    });
    expect(openai(FAILURE)).toEqual({
      ...{ id: 'batch_req_run-7', custom_id: 'a"\\', response: null },
      error: { code: 'TIMEOUT', message: 'Late.', line: 7 },
    });
    expect(plain(FAILURE)).toEqual({ line: 7, status: null, error: { code: 'TIMEOUT', message: 'Late.' } });
  });
});

describe('when lines are read again', () => {
  it('should tell successes from failures by their beginning', () => {
    const status = fc.constantFrom(undefined, 200, 204, 299, 301, 429, 500);
    const format = fc.constantFrom('plain' as const, 'openai' as const);
    fc.assert(
      fc.property(status, format, fc.string(), (code, kind, customId) => {
        const outcome = code === undefined ? FAILURE : answer('"\\"status\\":200,"', 'application/json', code);
        const text = resultLine({ ...NAME, customId }, outcome, kind);
        expect(tellsSuccess(text)).toBe(isSuccess(outcome));
      }),
    );
  });
});
