import { describe, expect, it, vi } from 'vitest';
import { EventTurn, type Outlet } from './event-turn.js';
import { turn as nextTurn } from './worker.fixture.js';

/** A turn whose clock the spec sets, and what it did in order. */
function turnOf() {
  const done: string[] = [];
  const clock = { now: 100 };
  const turn = new EventTurn(
    () => done.push('written'),
    () => clock.now,
  );
  const outlet = (name: string): Outlet => ({ gathered: false, flush: () => done.push(name) });
  return { turn, clock, done, outlet };
}

describe('when events are sent in a turn of the event loop', () => {
  it('should let the first ones leave at once, and the rest together at its end', async () => {
    const { turn, done, outlet } = turnOf();
    const [a, b] = [outlet('a'), outlet('b')];
    void turn.gather(a);
    expect(done).toEqual(['a', 'written']);
    for (const each of [a, b, a, b]) expect(turn.gather(each)).toBeUndefined();
    expect(done).toHaveLength(2);
    await nextTurn();
    expect(done.slice(2)).toEqual(['a', 'b', 'written']);
    await nextTurn();
    expect(done).toHaveLength(5);
  });

  it('should not keep what is urgent, nor what was gathered before it', () => {
    const { turn, done, outlet } = turnOf();
    void turn.gather(outlet('a'));
    void turn.gather(outlet('b'));
    expect(turn.gather(outlet('c'), true)).toBeUndefined();
    expect(done).toEqual(['a', 'written', 'b', 'c', 'written']);
  });

  it('should neither keep events while the stage computes on, nor let it go on before others had a turn', async () => {
    const { turn, clock, done, outlet } = turnOf();
    void turn.gather(outlet('a'));
    void turn.gather(outlet('b'));
    clock.now += 5;
    const turned = turn.gather(outlet('c'));
    expect(done).toEqual(['a', 'written', 'b', 'c', 'written']);
    const wentOn = vi.fn();
    void turned!.then(wentOn);
    await Promise.resolve();
    expect(wentOn).not.toHaveBeenCalled();
    await nextTurn();
    expect(wentOn).toHaveBeenCalled();
  });
});
