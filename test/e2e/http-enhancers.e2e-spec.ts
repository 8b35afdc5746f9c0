import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AppProcess } from '../support/app-process.js';
import { scrape } from '../support/metrics.js';
import { ask, post } from '../support/post.js';
import { RawHttp } from '../support/raw-http.js';
import { startReadyApp } from '../support/start-app.js';
import { waitFor } from '../support/wait-for.js';

let app: AppProcess;
let api: string;

beforeAll(async () => {
  app = await startReadyApp('http-enhancers');
  api = `${app.url}/api`;
});
afterAll(() => app?.stop());

describe('when guards stand before a pipeline', () => {
  it('should ask a guard of the class, whose dependency comes with forFeature', async () => {
    const refused = await post(`${api}/guarded`, { a: 1 }, { 'x-request-id': 'g-1' });
    expect(refused.json).toEqual({ statusCode: 401, error: 'Unauthorized', message: 'GuardedPipeline wants a key' });
    expect(refused.headers.get('x-request-id')).toBe('g-1');
    expect(await post(`${api}/guarded`, { a: 1 }, { 'x-api-key': 'sesame' })).toMatchObject({
      status: 200,
      text: '{"a":1}',
    });
  });

  it("should show the class's metadata to a global guard", async () => {
    expect((await post(`${api}/admins`, 1)).status).toBe(403);
    expect((await post(`${api}/admins`, 1, { 'x-role': 'user' })).status).toBe(403);
    expect(await post(`${api}/admins`, 1, { 'x-role': 'admin' })).toMatchObject({ status: 200, text: '1' });
  });

  it('should make a request-scoped guard for each request', async () => {
    const answers = await Promise.all(
      ['yes', 'no', 'yes', 'no'].map((value) => post(`${api}/scoped`, { value }, { 'x-scoped': value })),
    );
    expect(answers.map(({ status }) => status)).toEqual([200, 403, 200, 403]);
    expect(answers[2]?.json).toEqual({ value: 'yes' });
  });

  it('should refuse before the end of a body that is still coming', async () => {
    const http = await RawHttp.connect(app.port);
    http.sendHead('POST /api/guarded', 'Transfer-Encoding: chunked');
    http.sendChunk('{"a":');
    expect((await http.response()).status).toBe(401);
    http.destroy();
  });
});

describe('while a guard makes up its mind', () => {
  const MB = 1_048_576;
  const memory = (): number =>
    Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${app.pid}/status`, 'utf8'))?.[1]) * 1024;
  const guardWaits = () => waitFor(async () => (await ask(`${api}/gate`)).json === 1, { what: 'the guard' });

  /** Bytes of a large body that the server has taken when it takes no more. */
  async function offer(http: RawHttp): Promise<number> {
    const { socket } = http;
    for (let i = 0; i < 100; i++) http.sendChunk(Buffer.alloc(MB));
    let last = -1;
    let same = 0;
    return waitFor(
      () => {
        const taken = socket.bytesWritten - socket.writableLength;
        same = taken === last ? same + 1 : 0;
        last = taken;
        return same >= 10 && taken > 0 ? taken : undefined;
      },
      { what: 'the server to stop reading', everyMs: 50 },
    );
  }

  it('should not read the body, and never read it when the guard refuses', async () => {
    const http = await RawHttp.connect(app.port);
    http.sendHead('POST /api/slowly-guarded', 'Transfer-Encoding: chunked', 'X-Request-Id: slow');
    await guardWaits();
    const before = memory();
    const taken = await offer(http);
    expect(taken, 'the buffers of both kernels, and little more').toBeLessThan(30 * MB);
    expect(memory() - before).toBeLessThan(30 * MB);
    await post(`${api}/gate/refuse`);
    const answer = await http.response();
    expect(answer).toMatchObject({ status: 403, headers: { 'x-request-id': 'slow' } });
    expect(memory() - before).toBeLessThan(60 * MB);
    http.destroy();
  });

  it('should read it once the guard admits it', async () => {
    const http = await RawHttp.connect(app.port);
    http.sendHead('POST /api/slowly-guarded', 'Transfer-Encoding: chunked');
    await guardWaits();
    const body = Buffer.alloc(3 * MB, 'x');
    http.sendChunk(body);
    http.sendChunk('');
    await post(`${api}/gate/admit`);
    const answer = await http.response();
    expect(answer.status).toBe(200);
    expect(answer.body.equals(body)).toBe(true);
    http.destroy();
  });
});

describe('when an interceptor of the class is bound', () => {
  it('should show it the value, and encode what it makes of it', async () => {
    const answer = await post(`${api}/wrapped`, { a: [1] });
    expect(answer).toMatchObject({ status: 200, text: '{"data":{"a":[1]}}' });
    expect(answer.headers.get('x-seen')).toBe('object');
    expect(answer.headers.get('content-type')).toBe('application/json');
  });

  it('should show it bytes as a Buffer', async () => {
    const answer = await post(`${api}/wrapped-bytes`, 'abc');
    expect(answer).toMatchObject({ status: 200, text: 'cba' });
    expect(answer.headers.get('x-seen')).toBe('Buffer');
    expect(answer.headers.get('content-type')).toBe('application/octet-stream');
  });

  it('should show it failures', async () => {
    const answer = await post(`${api}/wrapped`, '"fail"', { 'x-request-id': 'i-1' });
    expect(answer.headers.get('x-seen')).toBe('error');
    expect(answer.json).toEqual({
      statusCode: 400,
      error: 'Bad Request',
      message: 'bad request: as asked',
      code: 'CLIENT',
      requestId: 'i-1',
    });
  });

  it('should answer an empty body as without it', async () => {
    const answer = await post(`${api}/wrapped`, '');
    expect(answer).toMatchObject({ status: 200, text: 'no data provided' });
    expect(app.output).not.toContain('already sent');
  });

  it('should answer 500 when the codec has no form for what it made', async () => {
    const answer = await post(`${api}/wrapped`, '"unencodable"');
    expect(answer.json).toMatchObject({ statusCode: 500, code: 'ENCODING' });
    expect(answer.text).toContain('"message":"encoding error: ');
    expect(answer.headers.get('content-type')).toBe('application/json; charset=utf-8');
  });

  it('should count the status that leaves', async () => {
    const count = async (code: string) =>
      (await scrape(app.url)).sum('mosec_service_throughput_total', { code, endpoint: '/api/wrapped' });
    const [ok, failed] = [await count('200'), await count('500')];
    await post(`${api}/wrapped`, 1);
    await post(`${api}/wrapped`, '"unencodable"');
    expect([await count('200'), await count('500')]).toEqual([ok + 1, failed + 1]);
  });

  it('should leave other routes to their bytes', async () => {
    const answer = await post(`${api}/guarded`, '{"a": 1}', { 'x-api-key': 'sesame' });
    expect(answer.headers.has('x-seen')).toBe(false);
  });
});

describe('when an interceptor is bound to the whole application', () => {
  let wrapped: AppProcess;

  beforeAll(async () => void (wrapped = await startReadyApp('http-enhancers', { env: { WRAP_ALL: '1' } })));
  afterAll(() => wrapped?.stop());

  it('should show it the values of pipelines', async () => {
    const answer = await post(`${wrapped.url}/api/guarded`, { a: 1 }, { 'x-api-key': 'sesame' });
    expect(answer).toMatchObject({ status: 200, text: '{"data":{"a":1}}' });
    expect(await ask(`${wrapped.url}/api/gate`)).toMatchObject({ text: '{"data":0}' });
  });

  it('should apply it beside those of the class', async () => {
    expect((await post(`${wrapped.url}/api/wrapped`, 1)).text).toBe('{"data":{"data":1}}');
  });
});

describe('when the class has an exception filter', () => {
  it('should hand it the failure with its cause', async () => {
    const answer = await post(`${api}/filtered`, '"fail"', { 'x-request-id': 'f-1' });
    expect(answer).toMatchObject({ status: 499, json: { caught: 400, code: 'CLIENT' } });
    expect(answer.headers.get('x-request-id')).toBe('f-1');
    expect(await post(`${api}/filtered`, '{')).toMatchObject({ json: { caught: 400, code: 'DECODING' } });
  });
});

describe('when routes are spelled with prefix, version, lists and parameters', () => {
  it('should serve them there and nowhere else', async () => {
    for (const path of ['/api/v2/versioned', '/api/v2/other-name']) {
      expect((await post(`${app.url}${path}`, 1)).text, path).toBe('1');
    }
    for (const path of ['/versioned', '/api/versioned', '/api/v1/versioned', '/guarded']) {
      expect((await post(`${app.url}${path}`, 1)).status, path).toBe(404);
    }
  });

  it('should answer a wrong method with 405 there', async () => {
    for (const path of ['/api/v2/other-name', '/api/models/a/parts/b']) {
      expect((await ask(`${app.url}${path}`)).status, path).toBe(405);
    }
    expect((await ask(`${api}/models/a/parts`)).status).toBe(404);
  });

  it('should apply method decorators given to @Route', async () => {
    const answer = await post(`${api}/v2/versioned`, { a: 1 });
    expect(answer).toMatchObject({ status: 202, text: '{"a":1}' });
    expect(answer.headers.get('x-model')).toBe('small');
    expect(answer.headers.get('cache-control')).toBe('no-store');
  });

  it('should tell the stage what it may know of the request', async () => {
    const answer = await post(`${api}/models/caf%C3%A9/parts/7?top=3&tag=a&tag=b%20c`, 1, {
      'x-request-id': 'c-1',
      'x-tenant': 'blue',
      'x-secret': 'hidden',
      'x-request-timeout': '2500',
      traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
    });
    expect(answer.json).toEqual({
      id: 'c-1',
      route: '/api/models/:name/parts/:part',
      params: { name: 'café', part: '7' },
      query: { top: '3', tag: ['a', 'b c'] },
      headers: { 'x-tenant': 'blue', traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01' },
      msLeft: expect.any(Number) as number,
    });
    const { msLeft } = answer.json as { msLeft: number };
    expect(msLeft).toBeGreaterThan(0);
    expect(msLeft).toBeLessThanOrEqual(2500);
  });

  it('should run middleware for the class, and for it alone', async () => {
    expect((await post(`${api}/models/a/parts/b`, 1)).headers.get('x-middleware')).toBe('was here');
    expect((await post(`${api}/wrapped`, 1)).headers.has('x-middleware')).toBe(false);
  });
});
