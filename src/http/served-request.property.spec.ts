import { EventEmitter } from 'node:events';
import { PassThrough } from 'node:stream';
import fc from 'fast-check';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { describe, expect, it } from 'vitest';
import { ServerError } from '#libs/contracts';
import { handlerOptions } from './served-request.fixture.js';
import { ServedRequest } from './served-request.js';

type Event = 'chunk' | 'large chunk' | 'end' | 'abort' | 'answer' | 'fail' | 'close';
const EVENTS: readonly Event[] = ['chunk', 'large chunk', 'end', 'abort', 'answer', 'fail', 'close'];

/** A request and its reply, without a server. */
function exchange(intercepted: boolean) {
  const bench = handlerOptions();
  const body = new PassThrough();
  const raw = Object.assign(new EventEmitter(), { closed: false });
  const reply = { raw, statusCode: 200, getHeader: () => 'id', hasHeader: () => false, header: () => reply };
  Object.assign(reply, { type: () => reply, send: () => reply });
  const request = { body, headers: {}, routeOptions: { url: '/echo' } };
  let outcomes = 0;
  const settled = (): void => void outcomes++;
  const start = (): void =>
    new ServedRequest(
      bench.options,
      request as unknown as FastifyRequest,
      reply as unknown as FastifyReply,
      intercepted,
      settled,
      settled,
    ).start();
  const close = (): void => {
    if (raw.closed) return;
    raw.closed = true;
    raw.emit('close');
  };
  return { ...bench, body, start, close, outcomes: () => outcomes };
}

describe('when the body, the answer and the two ends of a connection come in any order', () => {
  const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

  it('should settle once and hold no byte once the response is closed', async () => {
    const order = fc.array(fc.constantFrom(...EVENTS), { maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(order, fc.nat(8), fc.boolean(), async (events, startAt, intercepted) => {
        const { body, start, close, requests, budget, outcomes } = exchange(intercepted);
        const act: Record<Event, () => void> = {
          chunk: () => body.writable && body.write('0123456789'),
          'large chunk': () => body.writable && body.write(Buffer.alloc(95)),
          end: () => body.end(),
          abort: () => body.destroy(),
          answer: () => requests[0]?.answer('"ok"'),
          fail: () => requests[0]?.settle({ error: new ServerError('no') }),
          close,
        };
        for (const [index, event] of events.entries()) {
          if (index === startAt) start();
          act[event]();
          await turn();
          expect(budget.heldBytes).toBeGreaterThanOrEqual(0);
        }
        if (startAt >= events.length) start();
        body.destroy();
        await turn();
        close();
        act.answer();
        expect({ held: budget.heldBytes, outcomes: outcomes() }).toEqual({ held: 0, outcomes: 1 });
      }),
      { numRuns: 400 },
    );
  });
});
