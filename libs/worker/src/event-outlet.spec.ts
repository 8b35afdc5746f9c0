import { describe, expect, it } from 'vitest';
import { EVENT_WINDOW_BYTES } from '#libs/contracts';
import { eventFormatOf } from '#libs/codec';
import { EventOutlet } from './event-outlet.js';
import { EventTurn } from './event-turn.js';
import { turn as nextTurn } from './worker.fixture.js';

/** An outlet, and what has left it: `<count> <payload>`. */
function outletOf() {
  const left: string[] = [];
  const turn = new EventTurn(
    () => undefined,
    () => 0,
  );
  const outlet = new EventOutlet(eventFormatOf(1), turn, (count, payload) =>
    left.push(`${count} ${Buffer.from(payload).toString()}`),
  );
  return { outlet, left };
}

/** Whether the promise is settled by now. */
async function isDone(promise: Promise<void> | undefined): Promise<boolean> {
  const pending = Symbol('pending');
  return (await Promise.race([promise, nextTurn().then(() => pending)])) !== pending;
}

const large = 'x'.repeat(EVENT_WINDOW_BYTES);

describe('when a stage sends events', () => {
  it('should let the first leave at once and gather the others of the turn', async () => {
    const { outlet, left } = outletOf();
    void outlet.send('a');
    expect(left).toEqual(['1 {"data":"a"}\n']);
    void outlet.send('b');
    void outlet.send('c');
    expect(left).toHaveLength(1);
    await nextTurn();
    expect(left.slice(1)).toEqual(['2 {"data":"b"}\n{"data":"c"}\n']);
  });

  it('should not be open before the first, and be so from then on', () => {
    const { outlet } = outletOf();
    expect(outlet.isOpen).toBe(false);
    void outlet.send('a');
    expect(outlet.isOpen).toBe(true);
  });

  it('should let the stage wait while as much is unread as the window holds, and go on when it is read', async () => {
    const { outlet, left } = outletOf();
    const sent = outlet.send(large);
    expect(left).toHaveLength(1);
    expect(await isDone(sent)).toBe(false);
    outlet.grant(1);
    expect(await isDone(sent)).toBe(false);
    outlet.grant(EVENT_WINDOW_BYTES);
    expect(await isDone(sent)).toBe(true);
    expect(await isDone(outlet.send('a'))).toBe(true);
  });

  it('should send nothing while the window is shut, and then everything', async () => {
    const { outlet, left } = outletOf();
    void outlet.send(large);
    void outlet.send('b');
    void outlet.send('c');
    await nextTurn();
    expect(left).toHaveLength(1);
    outlet.grant(2 * EVENT_WINDOW_BYTES);
    expect(left.slice(1)).toEqual(['2 {"data":"b"}\n{"data":"c"}\n']);
  });

  it('should take no more from a stage that never waits, once a bounded amount waits here', () => {
    const { outlet } = outletOf();
    let taken = 0;
    while (outlet.send(large) && taken < 100) taken++;
    expect(taken).toBeGreaterThan(1);
    expect(taken * EVENT_WINDOW_BYTES).toBeLessThan(2 << 20);
  });

  it('should not let more events leave at once than a frame can count', async () => {
    const { outlet, left } = outletOf();
    for (let i = 0; i < 65_540; i++) void outlet.send('');
    await nextTurn();
    const before = left.length;
    let taken = 0;
    while (outlet.send('')) taken++;
    expect(taken).toBe(0xffff - 4);
    outlet.grant(4 << 20);
    const counts = left.map((text) => Number.parseInt(text, 10));
    expect([left.length, Math.max(...counts)]).toEqual([before + 1, 0xffff]);
  });
});

describe('when a stream ends', () => {
  it('should be open although it has no events', () => {
    const { outlet, left } = outletOf();
    expect(outlet.close()).toBeUndefined();
    expect(left).toEqual(['0 ']);
  });

  it('should let everything leave first, also what has to wait for the client', async () => {
    const { outlet, left } = outletOf();
    void outlet.send(large);
    void outlet.send('b');
    const closed = outlet.close();
    expect(await isDone(closed)).toBe(false);
    outlet.grant(2 * EVENT_WINDOW_BYTES);
    expect(await isDone(closed)).toBe(true);
    expect(left.at(-1)).toBe('1 {"data":"b"}\n');
  });

  it('should keep nobody waiting when nobody reads it any more', async () => {
    const { outlet, left } = outletOf();
    const sent = outlet.send(large);
    void outlet.send('b');
    const closed = outlet.close();
    outlet.abandon();
    expect([await isDone(sent), await isDone(closed)]).toEqual([true, true]);
    expect(left).toHaveLength(1);
  });
});
