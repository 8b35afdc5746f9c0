import { Readable } from 'node:stream';
import fastify, { type FastifyReply } from 'fastify';
import { describe, expect, it, vi } from 'vitest';
import { EncodingError, ValidationError, type Codec } from '#libs/contracts';
import { encodeInterceptedAnswer } from './intercepted-answer.js';
import { json } from './json-codec.fixture.js';

/** What a client gets where `respond` is what Nest does after the interceptors. */
async function answerOf(respond: (reply: FastifyReply) => unknown, codec: Codec = json) {
  const app = fastify();
  const sent = vi.fn();
  const failed = vi.fn((error: Error) => error);
  app.get('/', async (_request, reply) => {
    encodeInterceptedAnswer(reply, codec, undefined, { sent, failed });
    await respond(reply);
    return reply;
  });
  const { statusCode, headers, body } = await app.inject('/');
  await app.close();
  return { statusCode, type: headers['content-type'], body, sent: sent.mock.calls, failed: failed.mock.calls };
}

const refusing = (error: Error): Codec => ({
  ...json,
  encode: () => {
    throw error;
  },
});

describe('when a value comes back from the interceptors', () => {
  it('should be encoded, with the media type of its codec, and reported', async () => {
    const answer = await answerOf((reply) => reply.send({ a: 1 }));
    expect(answer).toEqual({ statusCode: 200, type: 'application/json', body: '{"a":1}', sent: [[200]], failed: [] });
  });

  it('should keep a type and a status that an interceptor has set', async () => {
    const answer = await answerOf((reply) => reply.code(201).type('application/vnd.shop+json').send([1]));
    expect(answer).toMatchObject({ statusCode: 201, type: 'application/vnd.shop+json', body: '[1]', sent: [[201]] });
  });

  it('should encode text and null as the codec does, not as Fastify does', async () => {
    expect(await answerOf((reply) => reply.send('a'))).toMatchObject({ body: '"a"', type: 'application/json' });
    expect(await answerOf((reply) => reply.send(null))).toMatchObject({ body: 'null', type: 'application/json' });
  });
});

describe('when it is not the answer of the pipeline', () => {
  it('should leave the body of an error as it is', async () => {
    const answer = await answerOf((reply) => reply.code(418).send('teapot'));
    expect(answer).toMatchObject({ statusCode: 418, body: 'teapot', sent: [[418]] });
  });

  it('should leave a stream as it is', async () => {
    const answer = await answerOf((reply) => reply.type('text/csv').send(Readable.from(['a,', 'b'])));
    expect(answer).toMatchObject({ type: 'text/csv', body: 'a,b', sent: [[200]] });
  });
});

describe('when the codec refuses the value', () => {
  it('should throw to the exception filters, whose answer is sent as it is, and report no success', async () => {
    const answer = await answerOf(
      (reply) => {
        expect(() => reply.send({})).toThrow('a cycle');
        return reply.code(500).send('filtered');
      },
      refusing(new TypeError('a cycle')),
    );
    expect(answer).toMatchObject({ statusCode: 500, body: 'filtered', sent: [] });
    expect(answer.failed[0]![0]).toBeInstanceOf(EncodingError);
  });

  it('should keep an error of the package', async () => {
    const error = new ValidationError('no');
    const answer = await answerOf((reply) => {
      expect(() => reply.send({})).toThrow(error);
      return reply.code(422).send('filtered');
    }, refusing(error));
    expect(answer.failed).toEqual([[error]]);
  });
});
