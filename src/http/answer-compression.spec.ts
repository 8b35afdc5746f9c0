import * as zlib from 'node:zlib';
import fastify, { type FastifyReply } from 'fastify';
import { describe, expect, it } from 'vitest';
import { AnswerCompression } from './answer-compression.js';
import type { ContentCoding } from './content-coding.js';
import { CONTENT_CODINGS } from './content-codings.js';

const THRESHOLD = 1_000;
const codings = CONTENT_CODINGS.filter(({ name }) => name !== 'zstd');
const payload = Buffer.from('a sentence that is said again. '.repeat(100));

interface Case {
  readonly accept?: string;
  readonly bytes?: Buffer;
  readonly by?: readonly ContentCoding[];
  readonly prepare?: (reply: FastifyReply) => unknown;
}

async function answerTo({ accept, bytes = payload, by = codings, prepare }: Case) {
  const compression = new AnswerCompression(by, THRESHOLD);
  const app = fastify();
  app.post('/', (_request, reply) => {
    void reply.header('content-type', 'application/json');
    prepare?.(reply);
    compression.compress(reply, bytes, (sent) => void reply.send(sent));
  });
  const headers = accept === undefined ? {} : { 'accept-encoding': accept };
  const response = await app.inject({ method: 'POST', url: '/', headers });
  await app.close();
  const { 'content-encoding': coding, vary, 'content-length': length } = response.headers;
  expect(response.statusCode === 204 || Number(length) === response.rawPayload.length).toBe(true);
  return { coding, vary, body: response.rawPayload };
}

describe('when a client tells which codings it accepts', () => {
  it.each([
    ['gzip', 'gzip'],
    ['br', 'br'],
    ['deflate', 'deflate'],
    ['GZIP', 'gzip'],
    ['gzip, deflate, br', 'gzip'],
    ['br, deflate, gzip', 'gzip'],
    ['gzip;q=0.5, br;q=0.8', 'br'],
    ['gzip;q=0, br', 'br'],
    ['*', 'gzip'],
    ['*, gzip;q=0', 'br'],
    ['identity;q=0, *;q=0.1', 'gzip'],
    ['gzip;q=0.5, identity', undefined],
    ['identity', undefined],
    ['compress', undefined],
    ['*;q=0', undefined],
    ['identity;q=0', undefined],
    ['', undefined],
    [undefined, undefined],
  ])('should answer "%s" with %s, and say that the answer depends on it', async (accept, expected) => {
    const { coding, vary } = await answerTo({ accept });
    expect([coding, vary]).toEqual([expected, 'Accept-Encoding']);
  });

  it('should send what the coding makes of the answer', async () => {
    const { body } = await answerTo({ accept: 'gzip' });
    expect(zlib.gunzipSync(body).equals(payload)).toBe(true);
    expect(body.length).toBeLessThan(payload.length / 10);
  });
});

describe('when an answer is not to be compressed', () => {
  it('should compress from the threshold on', async () => {
    const lengthOf = async (length: number) =>
      (await answerTo({ accept: 'gzip', bytes: payload.subarray(0, length) })).coding;
    expect([await lengthOf(THRESHOLD - 1), await lengthOf(THRESHOLD)]).toEqual([undefined, 'gzip']);
  });

  it.each<[string, (reply: FastifyReply) => unknown]>([
    ['is of a compressed type', (reply) => reply.type('image/png')],
    ['is a stream of events', (reply) => reply.type('text/event-stream')],
    ['must not be transformed', (reply) => reply.header('cache-control', 'public, No-Transform')],
    ['has no body', (reply) => reply.code(204)],
  ])('should leave it as it is where it %s', async (_, prepare) => {
    const { coding, vary, body } = await answerTo({ accept: 'gzip', prepare });
    expect([coding, vary, body.length === 0 || body.equals(payload)]).toEqual([undefined, undefined, true]);
  });

  it('should leave it as it is where it has a coding already', async () => {
    const prepare = (reply: FastifyReply) => reply.header('content-encoding', 'br');
    const { coding, body } = await answerTo({ accept: 'gzip', prepare });
    expect([coding, body.equals(payload)]).toEqual(['br', true]);
  });

  it('should send the shorter of the two', async () => {
    const noise = zlib.gzipSync(payload.map(() => Math.random() * 256));
    const { coding, body } = await answerTo({ accept: 'gzip', bytes: noise });
    expect([coding, body.equals(noise)]).toEqual([undefined, true]);
  });

  it('should send it as it is where compressing fails', async () => {
    const failing: ContentCoding = {
      ...(codings[0] as ContentCoding),
      encode: (_bytes, done) => setImmediate(done, new Error('no memory'), Buffer.alloc(0)),
    };
    const { coding, body } = await answerTo({ accept: 'gzip', by: [failing] });
    expect([coding, body.equals(payload)]).toEqual([undefined, true]);
  });
});

describe('when the reply has headers already', () => {
  it.each([
    ['Accept', 'Accept, Accept-Encoding'],
    ['accept-encoding', 'accept-encoding'],
    ['*', '*'],
  ])('should add to "Vary: %s"', async (vary, expected) => {
    const answer = await answerTo({ accept: 'gzip', prepare: (reply) => reply.header('vary', vary) });
    expect(answer.vary).toBe(expected);
  });

  it('should correct the length', async () => {
    const prepare = (reply: FastifyReply) => reply.header('content-length', payload.length);
    expect((await answerTo({ accept: 'gzip', prepare })).coding).toBe('gzip');
  });
});
