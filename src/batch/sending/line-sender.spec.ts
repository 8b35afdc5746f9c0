import { beforeEach, describe, expect, it, vi } from 'vitest';
import { ConcurrencyLimit } from './concurrency-limit.js';
import { LineSender } from './line-sender.js';
import { Outage } from './outage.js';
import { type Reply } from './reply.js';

const PATIENCE_MS = 60_000;
const REQUEST = { customId: undefined, route: '/x', body: Buffer.from('{}') };
const answer = (status: number, retryAfterMs?: number): Reply => ({
  ...{ status, retryAfterMs, mediaType: '', requestId: undefined },
  body: Buffer.alloc(0),
});
const none = (code: string): Reply => ({ status: undefined, code, message: code });

let time: number;
let rests: number[];
let stopped: Error | undefined;
let isStopping: boolean;
let meanwhile: () => void;

beforeEach(() => {
  [time, rests, stopped, isStopping] = [0, [], undefined, false];
  meanwhile = () => undefined;
});

function senderOf(replies: Iterable<Reply>) {
  const queue = replies[Symbol.iterator]();
  const now = (): number => time;
  const send = vi.fn(async () => (queue.next() as IteratorYieldResult<Reply>).value);
  const stop = (error: Error): void => {
    isStopping = true;
    stopped ??= error;
  };
  const outage = new Outage(PATIENCE_MS, now, stop);
  const sender = new LineSender({
    ...{ send, now, retries: 2, patienceMs: PATIENCE_MS, random: () => 0, isStopping: () => isStopping },
    rest: async (ms) => {
      rests.push(ms);
      time += ms;
      meanwhile();
    },
    limit: new ConcurrencyLimit(8),
    outage,
  });
  return { outage, send, outcome: () => sender.outcomeOf(REQUEST, 'key') };
}

function* always(reply: Reply): Generator<Reply> {
  for (;;) yield reply;
}

describe('when a line is answered', () => {
  it.each([200, 404, 422, 500])('should take %i as its outcome', async (status) => {
    const { outcome, send } = senderOf([answer(status)]);
    expect(await outcome()).toMatchObject({ status });
    expect(send.mock.calls).toEqual([['/x', REQUEST.body, 'key']]);
  });
});

describe('when the line may be the reason', () => {
  it.each([none('TIMEOUT'), none('ECONNRESET'), answer(408), answer(504)])(
    'should send it again, so often: %j',
    async (reply) => {
      const { outcome, send } = senderOf(always(reply));
      expect(await outcome()).toBe(reply);
      expect([send.mock.calls.length, rests]).toEqual([3, [125, 250]]);
    },
  );

  it('should take what comes at last', async () => {
    expect(await senderOf([none('UND_ERR_SOCKET'), answer(200)]).outcome()).toMatchObject({ status: 200 });
  });
});

describe('when the server refuses', () => {
  it('should come back as often as it takes, when the server asks for', async () => {
    const { outcome } = senderOf([...Array.from({ length: 9 }, () => answer(429, 1000)), answer(200)]);
    expect(await outcome()).toMatchObject({ status: 200 });
    expect(rests).toEqual(Array.from({ length: 9 }, () => 1000));
  });

  it('should double the time by itself, up to ten seconds', async () => {
    const { outcome } = senderOf([...Array.from({ length: 7 }, () => none('ECONNREFUSED')), answer(200)]);
    await outcome();
    expect(rests).toEqual([125, 250, 500, 1000, 2000, 4000, 5000]);
  });

  it('should give the line up when only this one is refused for long', async () => {
    const { outage, outcome } = senderOf(always(answer(503, 10_000)));
    meanwhile = () => outage.answered();
    expect(await outcome()).toMatchObject({ status: 503 });
    expect(time).toBeGreaterThan(PATIENCE_MS);
    expect(isStopping).toBe(false);
  });

  it('should stop the run, without an outcome, when nobody is answered for long', async () => {
    expect(await senderOf(always(none('ECONNREFUSED'))).outcome()).toBeUndefined();
    expect(stopped?.message).toBe('The server has answered nothing for 60 s (last: ECONNREFUSED).');
  });
});

describe('when the run stops', () => {
  it('should keep an answer that comes, and try nothing again', async () => {
    isStopping = true;
    expect(await senderOf([answer(200)]).outcome()).toMatchObject({ status: 200 });
    const { outcome, send } = senderOf(always(none('ECONNRESET')));
    expect([await outcome(), send.mock.calls.length]).toEqual([undefined, 1]);
  });
});
