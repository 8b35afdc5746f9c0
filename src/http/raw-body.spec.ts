import fastify, { type FastifyInstance, type FastifyRequest } from 'fastify';
import type { Readable } from 'node:stream';
import { afterEach, describe, expect, it } from 'vitest';
import { installRawBody, isRaw } from './raw-body.js';

let app: FastifyInstance;
afterEach(() => app.close());

/** What the handlers of a pipeline route and of an ordinary one see. */
function serverOf(): FastifyInstance {
  app = fastify();
  installRawBody(app);
  app.post('/raw', { config: { mosec: { raw: true } } }, async (request: FastifyRequest) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request.body as Readable) chunks.push(chunk as Buffer);
    return { body: Buffer.concat(chunks).toString(), type: request.headers['content-type'] ?? 'none' };
  });
  app.post('/plain', (request: FastifyRequest) => ({ body: request.body, type: request.headers['content-type'] }));
  return app;
}

const post = async (url: string, payload?: string, type?: string) => {
  const headers = type === undefined ? {} : { 'content-type': type };
  const { statusCode, body } = await app.inject({ method: 'POST', url, headers, ...(payload && { payload }) });
  return { statusCode, body: JSON.parse(body) as unknown };
};

describe('when a body comes to a pipeline route', () => {
  it.each(['application/json', 'application/json; charset=utf-8', 'text/plain', 'image/png', 'nonsense'])(
    'should be unread, with its content type as sent: %s',
    async (type) => {
      serverOf();
      expect(await post('/raw', '{"broken', type)).toEqual({ statusCode: 200, body: { body: '{"broken', type } });
    },
  );

  it('should be unread without a content type, and where there is none', async () => {
    serverOf();
    expect((await post('/raw', 'abc')).body).toMatchObject({ body: 'abc' });
    expect((await post('/raw')).body).toEqual({ body: '', type: 'none' });
  });
});

describe('when a body comes to another route', () => {
  it('should be parsed and refused as ever', async () => {
    serverOf();
    expect((await post('/plain', '{"a":1}', 'application/json')).body).toMatchObject({ body: { a: 1 } });
    expect((await post('/plain', '{"broken', 'application/json')).statusCode).toBe(400);
    expect((await post('/plain', 'x', 'image/png')).statusCode).toBe(415);
  });

  it('should not get around the parsers by naming our own type', async () => {
    serverOf();
    expect((await post('/plain', 'x', 'application/vnd.mosec.raw-body')).statusCode).toBe(415);
  });
});

describe('when a route is looked at', () => {
  it('should be raw by its mark alone', () => {
    app = fastify();
    expect([{ mosec: { raw: true } }, { other: 1 }, {}, undefined].map(isRaw)).toEqual([true, false, false, false]);
  });
});
