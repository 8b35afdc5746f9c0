import { describe, expect, it } from 'vitest';
import { Agenda } from './agenda.js';
import { EventLoop } from './event-loop.js';

const TURN_MS = 1;

function setUp() {
  const agenda = new Agenda();
  const log: [number, string][] = [];
  const note = (what: string): void => void log.push([agenda.now, what]);
  const loop = new EventLoop(agenda, TURN_MS, () => note('flush'));
  return { agenda, log, note, loop };
}

describe('when tasks come to an event loop', () => {
  it('should do in one turn what comes at one moment, and send once', () => {
    const { agenda, log, note, loop } = setUp();
    loop.post(2, () => note('a'));
    loop.post(3, () => note('b'));
    agenda.run(() => false);
    expect(log).toEqual([
      [6, 'a'],
      [6, 'b'],
      [6, 'flush'],
    ]);
    expect(loop.busyMs).toBe(6);
  });

  it('should leave to the next turn what comes meanwhile', () => {
    const { agenda, log, note, loop } = setUp();
    loop.post(2, () => note('a'));
    for (const time of [1, 2]) agenda.at(time, () => loop.post(1, () => note(`at ${time}`)));
    agenda.run(() => false);
    expect(log).toEqual([
      [3, 'a'],
      [3, 'flush'],
      [6, 'at 1'],
      [6, 'at 2'],
      [6, 'flush'],
    ]);
  });

  it('should rest, and begin again', () => {
    const { agenda, log, note, loop } = setUp();
    loop.post(1, () => note('a'));
    agenda.at(10, () => loop.post(1, () => note('b')));
    agenda.run(() => false);
    expect(log.map(([time]) => time)).toEqual([2, 2, 12, 12]);
    expect(loop.busyMs).toBe(4);
  });
});
