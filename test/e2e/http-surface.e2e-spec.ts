import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AppProcess } from '../support/app-process.js';
import { ask, post } from '../support/post.js';
import { RawHttp } from '../support/raw-http.js';
import { startReadyApp } from '../support/start-app.js';

let app: AppProcess;

beforeAll(async () => void (app = await startReadyApp('http-surface')));
afterAll(() => app?.stop());

describe('when a request succeeds', () => {
  it('should answer 200 with the encoded result and nothing around it', async () => {
    const answer = await post(`${app.url}/ask`, { want: 'more' });
    expect(answer).toMatchObject({ status: 200, text: '{"want":"more"}' });
    expect(answer.headers.get('content-type')).toBe('application/json');
  });

  it("should announce the media type of the last stage's codec", async () => {
    const answer = await post(`${app.url}/reverse`, 'abc');
    expect(answer).toMatchObject({ status: 200, text: 'cba' });
    expect(answer.headers.get('content-type')).toBe('text/plain; charset=utf-8');
  });
});

describe('when the body is empty', () => {
  it.each(['content-length', 'transfer-encoding'])(
    'should say so with 200 and call no worker (%s)',
    async (framing) => {
      const calls = async (): Promise<number> => Number((await post(`${app.url}/ask`, { want: 'calls' })).text);
      const before = await calls();
      const head = framing === 'content-length' ? 'Content-Length: 0' : 'Transfer-Encoding: chunked';
      const body = framing === 'content-length' ? '' : '0\r\n\r\n';
      const answer = await RawHttp.request(app.port, ['POST /ask', head], body);
      expect(answer).toMatchObject({ status: 200, text: 'no data provided' });
      expect(answer.headers['content-type']).toBe('text/plain; charset=utf-8');
      expect(answer.headers['x-request-id']).toMatch(/./);
      expect(await calls()).toBe(before + 1);
    },
  );
});

describe('when no route matches', () => {
  it('should answer 404 to an unknown path', async () => {
    const answer = await post(`${app.url}/nowhere`, {});
    expect(answer.json).toMatchObject({ statusCode: 404, error: 'Not Found' });
  });

  it.each(['GET', 'PUT', 'DELETE', 'PATCH', 'OPTIONS'])(
    'should answer 405 with Allow to %s on a route',
    async (method) => {
      const answer = await ask(`${app.url}/ask?x=1`, { method, headers: { 'x-request-id': 'm-1' } });
      expect(answer.headers.get('allow')).toBe('POST');
      expect(answer.json).toEqual({
        statusCode: 405,
        error: 'Method Not Allowed',
        message: `${method} is not allowed here; use POST`,
        code: 'CLIENT',
        requestId: 'm-1',
      });
    },
  );

  it('should answer 405 to HEAD without a body', async () => {
    const answer = await ask(`${app.url}/ask`, { method: 'HEAD' });
    expect(answer.status).toBe(405);
    expect(answer.headers.get('allow')).toBe('POST');
  });
});

describe('when the answer takes too long', () => {
  const late = async (path: string, timeout?: string) => {
    const startedAt = performance.now();
    const answer = await post(`${app.url}${path}`, '{}', timeout === undefined ? {} : { 'x-request-timeout': timeout });
    return { ...answer, durationMs: performance.now() - startedAt };
  };

  it('should answer 408 at the time that the client gives, not later', async () => {
    const answer = await late('/wait', '200');
    expect(answer.json).toMatchObject({
      statusCode: 408,
      error: 'Request Timeout',
      message: 'inference timeout',
      code: 'TIMEOUT',
    });
    expect(answer.durationMs).toBeGreaterThanOrEqual(199);
    expect(answer.durationMs).toBeLessThan(3_000);
  });

  it('should be able to answer the next request afterwards', async () => {
    expect((await late('/wait', '100')).status).toBe(408);
    expect((await post(`${app.url}/ask`, { want: 'x' })).status).toBe(200);
  });

  it("should not let the client lengthen the server's limit of 3 s", async () => {
    expect((await post(`${app.url}/ask`, { want: 'x' }, { 'x-request-timeout': '3600000' })).status).toBe(200);
    const answer = await late('/patience', '20000');
    expect(answer.json).toMatchObject({ statusCode: 408, message: 'inference timeout' });
    expect(answer.durationMs).toBeGreaterThanOrEqual(2_999);
    expect(answer.durationMs).toBeLessThan(10_000);
  });

  it.each(['soon', '-5', '0', '1e3', '10 s', '0x10', 'NaN', 'Infinity', '5, 6'])(
    'should answer 400 to X-Request-Timeout: %s',
    async (header) => {
      const answer = await post(`${app.url}/ask`, { want: 'x' }, { 'x-request-timeout': header });
      expect(answer.json).toMatchObject({
        statusCode: 400,
        code: 'CLIENT',
        message: 'bad request: X-Request-Timeout must be a positive number of milliseconds',
      });
    },
  );
});

describe('when a body is as large as it may be, or larger', () => {
  const tooLarge = {
    statusCode: 413,
    error: 'Content Too Large',
    message: 'request body is too large',
    code: 'TOO_LARGE',
  };

  it('should take exactly the limit, declared and chunked', async () => {
    const declared = await RawHttp.request(app.port, ['POST /small', 'Content-Length: 1000'], Buffer.alloc(1000));
    expect(declared).toMatchObject({ status: 200, text: '1000' });
    const chunked = await RawHttp.connect(app.port);
    chunked.sendHead('POST /small', 'Transfer-Encoding: chunked');
    for (let sent = 0; sent < 1000; sent += 250) chunked.sendChunk(Buffer.alloc(250));
    chunked.sendChunk('');
    expect(await chunked.response()).toMatchObject({ status: 200, text: '1000' });
    chunked.destroy();
  });

  it('should refuse one byte more by its Content-Length, before the body comes', async () => {
    const answer = await RawHttp.request(app.port, ['POST /small', 'Content-Length: 1001', 'X-Request-Id: big']);
    expect(answer.status).toBe(413);
    expect(JSON.parse(answer.text)).toEqual({ ...tooLarge, requestId: 'big' });
  });

  it('should refuse one byte more of a chunked body, before its end', async () => {
    const http = await RawHttp.connect(app.port);
    http.sendHead('POST /small', 'Transfer-Encoding: chunked');
    http.sendChunk(Buffer.alloc(1000));
    http.sendChunk('x');
    const answer = await http.response();
    expect(JSON.parse(answer.text)).toMatchObject(tooLarge);
    expect(answer.headers['x-request-id']).toMatch(/./);
    http.destroy();
  });

  it("should hold to the server's limit where the route has none", async () => {
    const answer = await RawHttp.request(app.port, ['POST /ask', 'Content-Length: 10485761']);
    expect(answer.status).toBe(413);
  });
});

describe('when the queue is full', () => {
  let small: AppProcess;

  beforeAll(async () => void (small = await startReadyApp('http-surface', { args: ['--capacity', '2'] })));
  afterAll(() => small?.stop());

  it('should answer 429 with Retry-After, and take requests again later', async () => {
    const posts = Array.from({ length: 20 }, (_, i) =>
      post(`${small.url}/wait`, '{}', { 'x-request-timeout': '1500', 'x-request-id': `q-${i}` }),
    );
    const answers = await Promise.all(posts);
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused.length).toBeGreaterThanOrEqual(10);
    expect(answers.filter(({ status }) => status === 408).length).toBe(answers.length - refused.length);
    expect(answers.length).toBeGreaterThan(refused.length);
    for (const answer of refused) {
      expect(answer.json).toMatchObject({
        statusCode: 429,
        error: 'Too Many Requests',
        message: 'too many request: task queue is full',
        code: 'QUEUE_FULL',
      });
      expect(Number(answer.headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
      expect(answer.headers.get('x-request-id')).toMatch(/^q-\d+$/);
    }
    expect((await post(`${small.url}/ask`, { want: 'x' })).status).toBe(200);
  });
});

describe('when it names requests', () => {
  const idOf = (answer: { headers: Headers }): string | null => answer.headers.get('x-request-id');

  it("should echo the client's name", async () => {
    for (const path of ['/ask', '/nowhere']) {
      expect(idOf(await post(`${app.url}${path}`, { want: 'x' }, { 'x-request-id': 'abc-1.2:3/4' }))).toBe(
        'abc-1.2:3/4',
      );
    }
  });

  it('should make a new one each time where the client gives none', async () => {
    const ids = await Promise.all(
      Array.from({ length: 20 }, async () => idOf(await post(`${app.url}/ask`, { want: 'x' }))),
    );
    expect(new Set(ids).size).toBe(20);
    for (const id of ids) expect(id).toMatch(/^[\w-]{8,}$/);
  });

  it.each(['<script>', 'two words', 'ümlaut', 'x'.repeat(129), '{"a":1}'])('should replace %s', async (rubbish) => {
    const bytes = Buffer.from(rubbish).toString('latin1');
    const answer = await post(`${app.url}/ask`, { want: 'client' }, { 'x-request-id': bytes });
    expect(answer.status).toBe(400);
    expect(idOf(answer)).toMatch(/^[\w-]{8,}$/);
    expect((answer.json as { requestId: string }).requestId).toBe(idOf(answer));
  });

  it.each([
    ['400', '/ask', '{', {}],
    ['404', '/nowhere', '{}', {}],
    ['408', '/wait', '{}', { 'x-request-timeout': '20' }],
    ['413', '/small', 'x'.repeat(1001), {}],
    ['422', '/typed', '{}', {}],
    ['500', '/ask', '{"want":"unknown"}', {}],
  ])('should echo it with %s', async (status, path, body, headers) => {
    const answer = await post(`${app.url}${path}`, body, { ...headers, 'x-request-id': `id-${status}` });
    expect(answer.status).toBe(Number(status));
    expect(idOf(answer)).toBe(`id-${status}`);
  });
});
