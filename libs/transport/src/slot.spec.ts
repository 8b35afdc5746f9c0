import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Slot } from './slot.js';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const slotOf = (workerId: number) => new Slot(workerId, { baseMs: 100, maxMs: 1000, healthyMs: 5000, random: () => 1 });

describe('when the replica of a place has ended', () => {
  it('should start the next one after the delay, once', () => {
    const launch = vi.fn();
    slotOf(1).restartIn(200, launch);
    vi.advanceTimersByTime(199);
    expect(launch).not.toHaveBeenCalled();
    vi.advanceTimersByTime(60_000);
    expect(launch).toHaveBeenCalledOnce();
  });

  it('should start none when that is cancelled', () => {
    const launch = vi.fn();
    const slot = slotOf(1);
    slot.restartIn(200, launch);
    slot.cancelRestart();
    vi.advanceTimersByTime(60_000);
    expect(launch).not.toHaveBeenCalled();
  });

  it('should back off for its own failures alone', () => {
    const [one, two] = [slotOf(1), slotOf(2)];
    expect([one.delayAfter(0), one.delayAfter(0), one.delayAfter(0)]).toEqual([100, 200, 400]);
    expect(two.delayAfter(0)).toBe(100);
  });
});
