import { gunzipSync, gzipSync } from 'node:zlib';
import { request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import { PassThrough } from 'node:stream';
import type { FastifyInstance, InjectOptions } from 'fastify';
import { afterEach, describe, expect, it } from 'vitest';
import type { SharedBytes } from '#libs/contracts';
import { AnswerCompression } from './answer-compression.js';
import type { ContentCoding, OnCoded } from './content-coding.js';
import { CONTENT_CODINGS } from './content-codings.js';
import { RequestCodings } from './request-codings.js';
import type { RouteHandlerOptions } from './route-handler-options.js';
import { handlerOptions, serverOf } from './served-request.fixture.js';

const gzip = CONTENT_CODINGS.find(({ name }) => name === 'gzip') as ContentCoding;
const compressing = (coding = gzip): Partial<RouteHandlerOptions> => ({
  requestCodings: new RequestCodings([gzip]),
  compression: new AnswerCompression([coding], 10),
});

let app: FastifyInstance;
afterEach(() => app.close());

function serve(part: Partial<RouteHandlerOptions>, intercepted = false) {
  const bench = handlerOptions({ passHeaders: ['content-encoding', 'content-length'], ...part });
  app = serverOf(bench.options, intercepted);
  const post = (options: InjectOptions = {}) => app.inject({ method: 'POST', url: '/echo', payload: 'hi', ...options });
  return { ...bench, post };
}

describe('when a compressed body comes', () => {
  const coded = { payload: gzipSync('"hello"'), headers: { 'content-encoding': 'gzip' } };

  it('should reach the pipeline as if it had been sent as it is', async () => {
    const { next, post, budget } = serve(compressing());
    const response = post(coded);
    const open = await next();
    expect([open.body, budget.heldBytes]).toEqual(['"hello"', 7]);
    expect(JSON.parse(open.request.context)).not.toHaveProperty('headers');
    open.answer('1');
    expect((await response).statusCode).toBe(200);
    await expect.poll(() => budget.heldBytes).toBe(0);
  });

  it('should be answered 415 with the accepted codings where it is in another one', async () => {
    const { post, requests, answered } = serve(compressing());
    const response = await post({ ...coded, headers: { 'content-encoding': 'lzma' } });
    expect([response.statusCode, response.headers['accept-encoding']]).toEqual([415, 'gzip']);
    expect(response.json()).toMatchObject({ code: 'UNSUPPORTED_MEDIA_TYPE' });
    expect([requests.length, answered.mock.calls]).toEqual([0, [['/echo', 415]]]);
  });

  it('should be answered 415 where compression is off', async () => {
    const response = await serve({}).post(coded);
    expect([response.statusCode, response.headers['accept-encoding']]).toEqual([415, 'identity']);
  });

  it('should be left alone where a plug-in of the application has decompressed it', async () => {
    const { next, post } = serve({});
    app.addHook('preParsing', (_request, _reply, payload, done) => done(null, payload.pipe(new PassThrough())));
    const response = post({ ...coded, payload: '"decompressed"' });
    const open = await next();
    expect(open.body).toBe('"decompressed"');
    open.answer('1');
    await response;
  });

  it('should be forgotten where the client goes away while it is decoded', async () => {
    const held: (() => void)[] = [];
    const slow: ContentCoding = {
      ...gzip,
      createDecoder: () => {
        const decoder = gzip.createDecoder();
        const flush = decoder._flush.bind(decoder);
        decoder._flush = (done) => void held.push(() => flush(done));
        return decoder;
      },
    };
    const { requests, budget } = serve({ requestCodings: new RequestCodings([slow]) });
    await app.listen({ port: 0, host: '127.0.0.1' });
    const { port } = app.server.address() as AddressInfo;
    const client = httpRequest({ port, host: '127.0.0.1', path: '/echo', method: 'POST', headers: coded.headers });
    client.on('error', () => undefined);
    client.end(coded.payload);
    await expect.poll(() => held.length).toBe(1);
    client.destroy();
    await expect.poll(async () => connections(app)).toBe(0);
    held[0]?.();
    await new Promise((resolve) => setImmediate(resolve));
    expect([requests.length, budget.heldBytes]).toEqual([0, 0]);
  });
});

function connections({ server }: FastifyInstance): Promise<number> {
  return new Promise((resolve) => server.getConnections((_error, count) => resolve(count)));
}

/** A coding that takes as long as the spec wants. */
function heldCoding() {
  const waiting: (() => void)[] = [];
  const encode = (bytes: Uint8Array, done: OnCoded): void =>
    void waiting.push(() => done(null, gzipSync(Buffer.from(bytes))));
  return { coding: { ...gzip, encode }, waiting };
}

describe('when an answer is compressed', () => {
  const text = JSON.stringify('again and '.repeat(50));
  const headers = { 'accept-encoding': 'gzip' };

  it.each([false, true])('should be sent so, with interceptors: %s', async (intercepted) => {
    const { next, post, answered, budget } = serve(compressing(), intercepted);
    const response = post({ headers });
    (await next()).answer(text);
    const { statusCode, headers: sent, rawPayload } = await response;
    expect(statusCode).toBe(200);
    expect(sent).toMatchObject({
      'content-encoding': 'gzip',
      'content-type': 'application/json',
      vary: 'Accept-Encoding',
      'content-length': String(rawPayload.length),
    });
    expect(gunzipSync(rawPayload).toString()).toBe(text);
    expect(answered.mock.calls).toEqual([['/echo', 200]]);
    await expect.poll(() => budget.heldBytes).toBe(0);
  });

  it('should count as given but not sent until then, so that a stop waits for it', async () => {
    const { coding, waiting } = heldCoding();
    const { next, post, options } = serve(compressing(coding));
    const response = post({ headers });
    (await next()).answer(text);
    await expect.poll(() => waiting.length).toBe(1);
    expect(await options.answers.whenSent(0)).toBe(1);
    waiting[0]?.();
    expect((await response).statusCode).toBe(200);
    await expect.poll(() => options.answers.whenSent(0)).toBe(0);
  });

  it('should be held in its slot until it has been read, also where the client has gone', async () => {
    const { coding, waiting } = heldCoding();
    const { next } = serve(compressing(coding));
    await app.listen({ port: 0, host: '127.0.0.1' });
    const { port } = app.server.address() as AddressInfo;
    const client = httpRequest({ port, host: '127.0.0.1', path: '/echo', method: 'POST', headers });
    client.on('error', () => undefined);
    const opened = next();
    client.end('hi');
    let holds = 1;
    const bytes = Buffer.from(text);
    const shared = { bytes, hold: () => holds++, release: () => holds-- } as unknown as SharedBytes;
    (await opened).settle({ payload: bytes, shared });
    shared.release();
    expect([holds, waiting.length]).toEqual([2, 1]);
    client.destroy();
    await expect.poll(() => holds).toBe(1);
    waiting[0]?.();
    expect(holds).toBe(0);
  });
});

describe.each([false, true])('when a header is none that HTTP allows, with interceptors: %s', (intercepted) => {
  it('should answer 500 instead of throwing where nobody catches', async () => {
    const { coding, waiting } = heldCoding();
    const { next, post } = serve(compressing(coding), intercepted);
    app.addHook('preHandler', (_request, reply, done) => {
      void reply.header('x-from-client', 'two\nlines');
      done();
    });
    const response = post({ headers: { 'accept-encoding': 'gzip' } });
    (await next()).answer(JSON.stringify('again and '.repeat(50)));
    await expect.poll(() => waiting.length).toBe(1);
    waiting[0]?.();
    expect((await response).statusCode).toBe(500);
  });
});
