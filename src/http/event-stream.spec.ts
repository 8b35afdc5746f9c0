import { once } from 'node:events';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { afterEach, describe, expect, it } from 'vitest';
import { EVENT_FORMATS } from './event-formats.fixture.js';
import { ClientError, DecodingError, InferenceTimeoutError, MosecError, UnavailableError } from '#libs/contracts';
import { DeadlineWheel } from '#libs/pipeline';
import { allowHalfClose } from './half-close.js';
import { handlerOptions, serverOf } from './served-request.fixture.js';
import type { StreamOptions } from './stream-options.js';

let app: FastifyInstance;
afterEach(() => app.close());

const now = (): number => performance.timeOrigin + performance.now();

/** A server whose pipeline streams what the spec says. */
function serve(part: Partial<StreamOptions> = {}, intercepted = false) {
  const stream: StreamOptions = {
    formats: EVENT_FORMATS,
    timeoutMs: 70,
    idleTimeoutMs: 80,
    keepAliveMs: Infinity,
    slowClientTimeoutMs: Infinity,
    wheel: new DeadlineWheel(now),
    ...part,
  };
  const bench = handlerOptions({ stream, now });
  app = serverOf(bench.options, intercepted);
  allowHalfClose(app.server);
  const post = (headers: Record<string, string> = {}) =>
    app.inject({ method: 'POST', url: '/echo', payload: 'hi', headers });
  return { ...bench, post };
}

describe('when a pipeline streams', () => {
  it('should ask for events in the format that the client prefers, and say where it had got to', async () => {
    const { next, post } = serve();
    const response = post({ accept: 'application/x-ndjson', 'last-event-id': 'e"7' });
    const open = await next();
    expect(open.request.stream).toMatchObject({ eventFormat: 1, timeoutMs: 70, idleTimeoutMs: 80 });
    expect(JSON.parse(open.request.context)).toMatchObject({ lastEventId: 'e"7' });
    open.send('{"data":"x"}\n');
    open.answer('');
    const { headers, body } = await response;
    expect([headers['content-type'], body]).toEqual(['application/x-ndjson', '{"data":"x"}\n']);
  });

  it('should pass events on as they are, with the headers of a stream, and count it once', async () => {
    const { next, post, answered, budget } = serve({ endEvent: '[DONE]' });
    const response = post({ 'x-request-id': 'r-1' });
    const open = await next();
    open.send('data: a\n\n');
    expect(budget.heldBytes).toBe(0);
    open.send('data: b\n\n');
    open.answer('');
    const { statusCode, headers, body } = await response;
    expect([statusCode, body]).toEqual([200, 'data: a\n\ndata: b\n\ndata: [DONE]\n\n']);
    expect(headers).toMatchObject({
      'content-type': 'text/event-stream',
      'cache-control': 'no-cache',
      'x-accel-buffering': 'no',
      'x-request-id': 'r-1',
      vary: 'Accept',
    });
    expect(headers).not.toHaveProperty('content-length');
    expect(answered.mock.calls).toEqual([['/echo', 200]]);
    expect(open.readBytes).toEqual([9, 9]);
  });

  it('should be an empty stream where it opens without events', async () => {
    const { next, post } = serve();
    const response = post();
    const open = await next();
    open.send('');
    open.answer('');
    const { headers, body } = await response;
    expect([headers['content-type'], body]).toEqual(['text/event-stream', '']);
  });

  it('should be an ordinary answer where no events came', async () => {
    const { next, post } = serve({ endEvent: '[DONE]' });
    const response = post();
    (await next()).answer('"whole"');
    const { headers, body } = await response;
    expect([headers['content-type'], body]).toEqual(['application/json', '"whole"']);
  });

  it('should be an ordinary error, with its status, before the first event', async () => {
    const { next, post, answered } = serve();
    const response = post();
    (await next()).settle({ error: new DecodingError('no JSON') });
    expect((await response).json()).toMatchObject({ statusCode: 400, code: 'DECODING' });
    expect(answered.mock.calls).toEqual([['/echo', 400]]);
  });

  it.each([
    [new ClientError('text is required'), '400: Bad Request: bad request: text is required'],
    [new MosecError('a\nb', 422, 'VALIDATION'), '422: Unprocessable Content: request validation error: a - b'],
    [new InferenceTimeoutError('the stream fell silent'), '408: Request Timeout: the stream fell silent'],
    [new UnavailableError('the worker was lost'), '503: Service Unavailable: the worker was lost'],
    [
      new MosecError('inference internal error', 500, 'INTERNAL'),
      '500: Internal Server Error: inference internal error',
    ],
  ])("should end with mosec's error event after it: %s", async (error, text) => {
    const { next, post, answered } = serve({ endEvent: '[DONE]' });
    const response = post();
    const open = await next();
    open.send('data: a\n\n');
    open.settle({ error });
    expect((await response).body).toBe(`data: a\n\nevent: error\ndata: SSE inference error: ${text}\n\n`);
    expect(answered.mock.calls).toEqual([['/echo', error.statusCode]]);
  });

  it('should let interceptors see its end, and not its events', async () => {
    const { next, post } = serve({}, true);
    const response = post();
    const open = await next();
    open.send('data: a\n\n');
    open.answer('');
    expect((await response).body).toBe('data: a\n\n');
  });
});

/** A client on a real connection, whose response it reads when it likes. */
async function connect(): Promise<{ response: Promise<IncomingMessage>; destroy: () => void }> {
  await app.listen({ port: 0, host: '127.0.0.1' });
  const { port } = app.server.address() as AddressInfo;
  const client = httpRequest({ port, host: '127.0.0.1', method: 'POST', path: '/echo' });
  client.on('error', () => undefined);
  client.end('hi');
  const response = once(client, 'response').then(([message]) => message as IncomingMessage);
  return { response, destroy: () => client.destroy() };
}

const until = async (condition: () => boolean): Promise<void> => {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 2));
};

describe('when a client reads slowly', () => {
  it('should not be told of what the response cannot take, and count it, until it is read', async () => {
    const { next, budget } = serve();
    const client = await connect();
    const open = await next();
    let sent = 0;
    while (open.readBytes.length * 100_000 === sent) {
      open.send('x'.repeat(100_000));
      sent += 100_000;
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(budget.heldBytes).toBeGreaterThan(0);
    (await client.response).resume();
    await until(() => open.readBytes.reduce((sum, bytes) => sum + bytes, 0) === sent);
    expect(budget.heldBytes).toBe(0);
    open.answer('');
  });

  it('should be given up, and hold nothing, when it does not read at all', async () => {
    const { next, budget, answered } = serve({ slowClientTimeoutMs: 50 });
    const client = await connect();
    const open = await next();
    for (let i = 0; i < 100; i++) open.send('x'.repeat(100_000));
    await until(() => open.abandoned.length > 0);
    expect(open.abandoned).toEqual(['SLOW_CLIENT']);
    const message = await client.response;
    message.on('error', () => undefined).resume();
    await new Promise((resolve) => message.once('close', resolve));
    await until(() => budget.heldBytes === 0);
    expect([message.complete, answered.mock.calls]).toEqual([false, []]);
  });

  it('should be given up too while it does not read the rest of a stream that has ended', async () => {
    const { next, budget } = serve({ slowClientTimeoutMs: 50 });
    const client = await connect();
    const open = await next();
    for (let i = 0; i < 100; i++) open.send('x'.repeat(100_000));
    open.answer('');
    const message = await client.response;
    expect(budget.heldBytes).toBeGreaterThan(0);
    await until(() => budget.heldBytes === 0);
    message.on('error', () => undefined).resume();
    await new Promise((resolve) => message.once('close', resolve));
    expect(message.complete).toBe(false);
  });
});

describe('when a stream is silent', () => {
  it('should send comments, which keep the connection busy', async () => {
    const { next } = serve({ keepAliveMs: 10 });
    const client = await connect();
    const open = await next();
    open.send('data: a\n\n');
    const message = await client.response;
    let text = '';
    message.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
    await until(() => text === 'data: a\n\n:\n\n:\n\n');
    open.answer('');
    await once(message, 'end');
  });
});

describe('when the client of a stream goes away', () => {
  it('should abandon it, hold nothing and count nothing', async () => {
    const { next, budget, answered } = serve();
    const client = await connect();
    const open = await next();
    open.send('data: a\n\n');
    await client.response;
    client.destroy();
    await until(() => open.abandoned.length > 0);
    expect([open.abandoned, budget.heldBytes, answered.mock.calls]).toEqual([['CANCELLED'], 0, []]);
  });
});
