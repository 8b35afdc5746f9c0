import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { FastifyInstance, InjectOptions } from 'fastify';
import { afterEach, describe, expect, it } from 'vitest';
import { DecodingError, MosecError, OverloadedError, UnavailableError, type Outcome } from '#libs/contracts';
import { json } from './json-codec.fixture.js';
import { Negotiation } from './negotiation.js';
import type { RouteHandlerOptions } from './route-handler-options.js';
import { handlerOptions, serverOf } from './served-request.fixture.js';

let app: FastifyInstance;
afterEach(() => app.close());

function serve(part: Partial<RouteHandlerOptions> = {}, intercepted = false) {
  const bench = handlerOptions(part);
  app = serverOf(bench.options, intercepted);
  const post = (options: InjectOptions = {}) => app.inject({ method: 'POST', url: '/echo', payload: 'hi', ...options });
  /** Posts, and answers with `outcome` once it is in the pipeline. */
  const postAndSettle = async (outcome: Outcome) => {
    const [response] = await Promise.all([post(), bench.next().then((open) => open.settle(outcome))]);
    return response;
  };
  return { ...bench, post, postAndSettle };
}

describe('when a pipeline takes and answers several media types', () => {
  const csv = { ...json, name: 'csv', mediaType: 'text/csv' };
  const negotiation = new Negotiation(
    [
      { codec: json, format: 0 },
      { codec: csv, format: 1 },
    ],
    [
      { codec: json, format: 0 },
      { codec: csv, format: 2 },
    ],
  );

  it('should tell the stages which they are, and the answer its own', async () => {
    const { next, post } = serve({ negotiation });
    const response = post({ headers: { 'content-type': 'text/csv; header=present', accept: 'text/csv' } });
    const open = await next();
    expect(open.request).toMatchObject({ inputFormat: 1, outputFormat: 2 });
    expect(JSON.parse(open.request.context)).toMatchObject({ contentType: 'text/csv; header=present' });
    open.answer('a,b');
    expect((await response).headers).toMatchObject({ 'content-type': 'text/csv', vary: 'Accept' });
  });

  it('should show interceptors the answer in the codec that the client chose', async () => {
    const { next, post } = serve({ negotiation }, true);
    const response = post({ headers: { accept: 'text/csv' } });
    (await next()).answer('"value"');
    const { headers, body } = await response;
    expect([headers['content-type'], body]).toEqual(['text/csv', '"value"']);
  });

  it('should refuse any other with 415 before it reads the body', async () => {
    const { post, requests, answered, budget } = serve({ negotiation });
    const response = await post({ headers: { 'content-type': 'image/png' }, payload: 'x'.repeat(1_000) });
    expect(response.statusCode).toBe(415);
    expect(response.json()).toMatchObject({
      error: 'Unsupported Media Type',
      code: 'UNSUPPORTED_MEDIA_TYPE',
      message: 'content type "image/png" is not accepted here; send application/json, text/csv',
    });
    expect([requests.length, budget.heldBytes, answered.mock.calls]).toEqual([0, 0, [['/echo', 415]]]);
  });
});

describe('when a request is served', () => {
  it('should take its body to the pipeline as it is, and the answer back as it is', async () => {
    const { next, post, budget, answered } = serve();
    const headers = { 'x-request-id': 'order-17', traceparent: '00-1', 'x-secret': 's' };
    const response = post({ headers, url: '/echo?top=3' });
    const open = await next();
    expect(open.body).toBe('hi');
    expect(open.request).toMatchObject({ inputFormat: 0, outputFormat: 0, deadline: 4000 });
    expect(JSON.parse(open.request.context)).toEqual({
      id: 'order-17',
      route: '/echo',
      query: { top: '3' },
      headers: { traceparent: '00-1' },
    });
    expect(budget.heldBytes).toBe(2);
    open.answer('"hello"');
    const { statusCode, headers: answer, body } = await response;
    expect({ statusCode, body }).toEqual({ statusCode: 200, body: '"hello"' });
    expect(answer).toMatchObject({ 'content-type': 'application/json', 'x-request-id': 'order-17' });
    expect(answered.mock.calls).toEqual([['/echo', 200]]);
    expect(budget.heldBytes).toBe(0);
  });

  it('should let the client shorten its deadline, and refuse what is no duration', async () => {
    const { next, post, requests } = serve();
    const response = post({ headers: { 'x-request-timeout': '250' } });
    const open = await next();
    expect(open.request.deadline).toBe(1250);
    open.answer('');
    await response;
    expect((await post({ headers: { 'x-request-timeout': 'soon' } })).json()).toMatchObject({ code: 'CLIENT' });
    expect(requests).toHaveLength(1);
  });

  it('should answer an empty body itself, as mosec does', async () => {
    const { post, requests, answered } = serve();
    const response = await post({ payload: '' });
    expect([response.statusCode, response.body]).toEqual([200, 'no data provided']);
    expect(response.headers['content-type']).toBe('text/plain; charset=utf-8');
    expect([requests, answered.mock.calls]).toEqual([[], []]);
  });

  it('should refuse a body that is too large without troubling the pipeline', async () => {
    const { post, requests, budget } = serve();
    const response = await post({ payload: 'x'.repeat(101) });
    expect(response.json()).toMatchObject({ statusCode: 413, code: 'TOO_LARGE', error: 'Content Too Large' });
    expect([requests, budget.heldBytes]).toEqual([[], 0]);
  });
});

describe('when the pipeline answers with an error', () => {
  it('should be a body in the shape of Nest, and be counted', async () => {
    const { postAndSettle, answered, budget } = serve();
    const response = await postAndSettle({ error: new DecodingError('no JSON') });
    expect(response.json()).toEqual({
      statusCode: 400,
      error: 'Bad Request',
      message: 'decoding error: no JSON',
      code: 'DECODING',
      requestId: response.headers['x-request-id'],
    });
    expect(answered.mock.calls).toEqual([['/echo', 400]]);
    expect(budget.heldBytes).toBe(0);
  });

  it("should be mosec's text where that is asked for", async () => {
    const { postAndSettle } = serve({ errorFormat: 'text' });
    expect((await postAndSettle({ error: new DecodingError('no JSON') })).body).toBe('decoding error: no JSON');
  });

  it('should be the response that the error brings with it', async () => {
    const { postAndSettle } = serve();
    const error = new MosecError('no', 402, 'CLIENT', { response: { price: 3 } });
    const response = await postAndSettle({ error });
    expect([response.statusCode, response.json()]).toEqual([402, { price: 3 }]);
  });

  it.each([
    [0, '1'],
    [1000, '1'],
    [1001, '2'],
  ])('should say when another try may succeed, in whole seconds: %i ms', async (retryAfterMs, seconds) => {
    const { postAndSettle } = serve();
    const response = await postAndSettle({ error: new OverloadedError('full', { retryAfterMs }) });
    expect([response.statusCode, response.headers['retry-after']]).toEqual([429, seconds]);
  });

  it('should close the connection while draining', async () => {
    const { postAndSettle } = serve();
    const error = new UnavailableError('gracefully shutting down', { code: 'DRAINING' });
    const response = await postAndSettle({ error });
    expect([response.statusCode, response.headers['connection']]).toEqual([503, 'close']);
  });

  it('should be the error that the pipeline cannot even be asked', async () => {
    const { post } = serve({
      pipeline: () => {
        throw new UnavailableError('not yet');
      },
    });
    expect((await post()).json()).toMatchObject({ statusCode: 503, code: 'UNAVAILABLE' });
  });
});

describe('when interceptors see the answer', () => {
  it('should be a value for them, and be encoded again', async () => {
    const { postAndSettle, answered, budget } = serve({}, true);
    const response = await postAndSettle({ payload: Buffer.from('{ "a" : 1 }') });
    expect([response.body, response.headers['content-type']]).toEqual(['{"a":1}', 'application/json']);
    expect(answered.mock.calls).toEqual([['/echo', 200]]);
    expect(budget.heldBytes).toBe(0);
  });
});

describe('when the client goes away', () => {
  /** A request over a real connection, whose body is sent so far. */
  async function connect(headers: Record<string, string>) {
    await app.listen({ port: 0, host: '127.0.0.1' });
    const { port } = app.server.address() as AddressInfo;
    const client = httpRequest({ port, host: '127.0.0.1', method: 'POST', path: '/echo', headers });
    client.on('error', () => undefined);
    return client;
  }

  /** Resolves when the server has noticed. */
  const aborted = (): Promise<void> =>
    new Promise((resolve) => app.addHook('onRequestAbort', (_request, done) => (resolve(), done())));

  /** What the exception filters get to see. */
  const firstError = (): Promise<Error> =>
    new Promise((resolve) => app.addHook('onError', async (_request, _reply, error) => resolve(error)));

  it('should abandon what it waits for, hold nothing, and count nothing', async () => {
    const { next, answered, budget } = serve();
    const failed = firstError();
    const client = await connect({});
    client.end('hi');
    const open = await next();
    client.destroy();
    expect(await failed).toMatchObject({ cause: { code: 'CANCELLED' } });
    expect(open.abandoned).toEqual(['CANCELLED']);
    expect([budget.heldBytes, answered.mock.calls]).toEqual([0, []]);
  });

  it('should end its upload before the pipeline hears of it', async () => {
    const { requests, answered, budget } = serve();
    const failed = firstError();
    const client = await connect({ 'content-length': '50' });
    const arrived = once(app.server, 'request');
    client.write('first half');
    await arrived;
    client.destroy();
    expect(await failed).toMatchObject({ cause: { code: 'CANCELLED' } });
    expect([requests, budget.heldBytes, answered.mock.calls]).toEqual([[], 0, []]);
  });

  it('should be done with where a guard took longer than the client waited', async () => {
    const { requests, budget } = serve();
    const gone = aborted();
    const failed = firstError();
    const guarded = new Promise<void>((resolve) => {
      app.addHook('preHandler', async () => {
        resolve();
        await gone;
      });
    });
    const client = await connect({});
    client.end('hi');
    await guarded;
    client.destroy();
    expect(await failed).toMatchObject({ cause: { code: 'CANCELLED' } });
    expect([requests, budget.heldBytes]).toEqual([[], 0]);
  });
});
