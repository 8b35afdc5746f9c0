import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AppProcess } from '../support/app-process.js';
import { post } from '../support/post.js';
import { startReadyApp } from '../support/start-app.js';

let app: AppProcess;

beforeAll(async () => void (app = await startReadyApp('http-surface')));
afterAll(() => app?.stop());

const failures = [
  ['a ClientError', { want: 'client' }, 400, 'Bad Request', 'bad request: no such language', 'CLIENT'],
  [
    'a ClientError without text',
    { want: 'client without text' },
    400,
    'Bad Request',
    'bad request: bad request',
    'CLIENT',
  ],
  ['a text of several lines', { want: 'client in lines' }, 400, 'Bad Request', 'bad request: first - second', 'CLIENT'],
  [
    'a ValidationError',
    { want: 'validation' },
    422,
    'Unprocessable Content',
    'request validation error: too long',
    'VALIDATION',
  ],
  ['a ServerError', { want: 'server' }, 500, 'Internal Server Error', 'internal error: boom', 'SERVER'],
  ['an unknown error', { want: 'unknown' }, 500, 'Internal Server Error', 'inference internal error', 'INTERNAL'],
  ['a thrown text', { want: 'no error' }, 500, 'Internal Server Error', 'inference internal error', 'INTERNAL'],
] as const;

describe('when a stage fails', () => {
  it.each(failures)('should answer %s in the shape of Nest', async (_case, body, statusCode, error, message, code) => {
    const answer = await post(`${app.url}/ask`, body, { 'x-request-id': 'r-1' });
    expect(answer.status).toBe(statusCode);
    expect(answer.json).toEqual({ statusCode, error, message, code, requestId: 'r-1' });
    expect(answer.headers.get('content-type')).toBe('application/json; charset=utf-8');
  });

  it('should keep what it knows of an unknown error to the log', async () => {
    const answer = await post(`${app.url}/ask`, { want: 'unknown' }, { 'x-request-id': 'leak-1' });
    const all = `${answer.text} ${JSON.stringify([...answer.headers])}`;
    expect(all).not.toMatch(/secret|\.js|\.ts|Ask|\/srv|node:/);
    const line = await app.waitForLog('leak-1');
    expect(line).toContain('secret of /srv/models/secret.bin');
    expect(line).toContain('ask.stage');
  });

  it('should answer a result that JSON has no form for with 500', async () => {
    const answer = await post(`${app.url}/ask`, { want: 'unencodable' });
    expect(answer.json).toMatchObject({ statusCode: 500, code: 'ENCODING' });
    expect(answer.text).toContain('"message":"encoding error: ');
  });

  it('should keep status and response of an HttpException', async () => {
    const teapot = await post(`${app.url}/ask`, { want: 'teapot' }, { 'x-request-id': 'tea' });
    expect(teapot.status).toBe(418);
    expect(teapot.json).toEqual({ reason: 'short and stout' });
    expect(teapot.headers.get('x-request-id')).toBe('tea');
    const forbidden = await post(`${app.url}/ask`, { want: 'forbidden' });
    expect(forbidden.json).toEqual({ statusCode: 403, error: 'Forbidden', message: 'not yours' });
  });
});

describe('when a body is not what the first stage takes', () => {
  it('should answer 400 with the cause for what is no JSON', async () => {
    const answer = await post(`${app.url}/ask`, '{"want":');
    expect(answer.json).toMatchObject({ statusCode: 400, error: 'Bad Request', code: 'DECODING' });
    expect((answer.json as { message: string }).message).toMatch(/^decoding error: .*JSON/);
  });

  it('should answer 422 naming every property at fault', async () => {
    const answer = await post(`${app.url}/typed`, { name: 3, age: 'old' });
    expect(answer.json).toMatchObject({
      statusCode: 422,
      code: 'VALIDATION',
      message: 'request validation error: name must be a string; age must be an integer number',
    });
  });

  it('should hand an instance of the input class to the stage', async () => {
    const answer = await post(`${app.url}/typed`, { name: 'Ada', age: 36 });
    expect(answer).toMatchObject({ status: 200, json: 'TypedRequest Ada 36' });
  });
});

describe('when errorFormat is text', () => {
  let plain: AppProcess;

  beforeAll(async () => void (plain = await startReadyApp('http-surface', { env: { ERROR_FORMAT: 'text' } })));
  afterAll(() => plain?.stop());

  it.each(failures)("should answer %s with mosec's text", async (_case, body, status, _error, message) => {
    const answer = await post(`${plain.url}/ask`, body, { 'x-request-id': 'plain' });
    expect(answer).toMatchObject({ status, text: message });
    expect(answer.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    expect(answer.headers.get('x-request-id')).toBe('plain');
  });

  it('should answer timeouts, too large bodies and wrong methods in text too', async () => {
    const late = await post(`${plain.url}/wait`, '{}', { 'x-request-timeout': '50' });
    expect(late).toMatchObject({ status: 408, text: 'inference timeout' });
    const large = await post(`${plain.url}/small`, new Uint8Array(1001));
    expect(large).toMatchObject({ status: 413, text: 'request body is too large' });
    const wrong = await fetch(`${plain.url}/ask`);
    expect(wrong.status).toBe(405);
    expect(wrong.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    expect(await wrong.text()).toBe('GET is not allowed here; use POST');
  });
});
