import { describe, expect, it, vi } from 'vitest';
import { readHopEvents } from '#libs/codec';
import { ServerError, type Streamed } from '#libs/contracts';
import { EventIterator } from './mosec.event-iterator.js';

const chunk = (...events: Streamed[]): Buffer =>
  Buffer.from(events.map((event) => `${JSON.stringify(event)}\n`).join(''));
const done = { done: true, value: undefined };
const step = (value: Streamed) => ({ done: false, value });

function iterate() {
  const request = { consumed: vi.fn(), cancel: vi.fn() };
  const start = vi.fn(() => request);
  return { iterator: new EventIterator(start, readHopEvents), start, ...request };
}

describe('when a stream is iterated', () => {
  it('should begin when the first event is asked for, and once', () => {
    const { iterator, start } = iterate();
    expect(start).not.toHaveBeenCalled();
    void iterator.next();
    void iterator.next();
    expect(start).toHaveBeenCalledTimes(1);
  });

  it('should give events in order, whether they or the questions come first', async () => {
    const { iterator } = iterate();
    const first = iterator.next();
    iterator.push(chunk('a', { data: 1 }));
    iterator.push(chunk('b'));
    expect(await first).toEqual(step('a'));
    expect([await iterator.next(), await iterator.next()]).toEqual([step({ data: 1 }), step('b')]);
    const [fourth, end] = [iterator.next(), iterator.next()];
    iterator.push(chunk('c'));
    iterator.end({ payload: Buffer.alloc(0) });
    expect([await fourth, await end, await iterator.next()]).toEqual([step('c'), done, done]);
  });

  it('should say that events were read when the one behind them is asked for', async () => {
    const { iterator, consumed } = iterate();
    const events = chunk('a', 'b');
    void iterator.next();
    iterator.push(events);
    await iterator.next();
    expect(consumed).not.toHaveBeenCalled();
    void iterator.next();
    expect(consumed.mock.calls).toEqual([[events.length]]);
  });

  it('should give all events before the error, and the error once', async () => {
    const { iterator } = iterate();
    const first = iterator.next();
    iterator.push(chunk('a', 'b'));
    iterator.end({ error: new ServerError('no more') });
    expect([await first, await iterator.next()]).toEqual([step('a'), step('b')]);
    await expect(iterator.next()).rejects.toThrow('no more');
    expect(await iterator.next()).toEqual(done);
  });

  it('should reject the first question where it cannot begin', async () => {
    const failing = new EventIterator(() => {
      throw new ServerError('not this');
    }, readHopEvents);
    await expect(failing.next()).rejects.toThrow('not this');
    expect(await failing.next()).toEqual(done);
  });
});

describe('when the loop is left', () => {
  it('should cancel, forget what has come, and answer whoever still asks', async () => {
    const { iterator, cancel } = iterate();
    void iterator.next();
    iterator.push(chunk('a', 'b'));
    const returned = await iterator.return();
    iterator.push(chunk('c'));
    expect([returned, cancel.mock.calls.length, await iterator.next()]).toEqual([done, 1, done]);

    const waiting = iterate();
    const asked = waiting.iterator.next();
    await waiting.iterator.return();
    expect(await asked).toEqual(done);
  });

  it('should not even begin where it had not', async () => {
    const { iterator, start } = iterate();
    await iterator.return();
    expect([await iterator.next(), start.mock.calls]).toEqual([done, []]);
  });
});
