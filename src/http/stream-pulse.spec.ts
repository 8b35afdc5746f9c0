import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DeadlineWheel } from '#libs/pipeline';
import { StreamPulse } from './stream-pulse.js';

beforeEach(() => {
  vi.useFakeTimers({ now: 0 });
});
afterEach(() => {
  vi.useRealTimers();
});

function pulseOf({ keepAliveMs = 1000, slowClientTimeoutMs = 5000 } = {}) {
  const actions = { beat: vi.fn(), stalled: vi.fn() };
  const wheel = new DeadlineWheel(() => Date.now());
  const pulse = new StreamPulse({ keepAliveMs, slowClientTimeoutMs, wheel }, () => Date.now(), actions);
  return { pulse, ...actions };
}

describe('when a stream is silent', () => {
  it('should beat again and again', () => {
    const { beat, stalled } = pulseOf();
    vi.advanceTimersByTime(990);
    expect(beat).not.toHaveBeenCalled();
    vi.advanceTimersByTime(2100);
    expect(beat).toHaveBeenCalledTimes(3);
    expect(stalled).not.toHaveBeenCalled();
  });

  it('should count from what was written last', () => {
    const { pulse, beat } = pulseOf();
    for (let i = 0; i < 5; i++) {
      vi.advanceTimersByTime(600);
      pulse.wrote(true);
    }
    expect(beat).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1010);
    expect(beat).toHaveBeenCalledTimes(1);
  });

  it('should leave it at that where no beat is wanted, and hold no timer', () => {
    const { beat } = pulseOf({ keepAliveMs: Infinity, slowClientTimeoutMs: Infinity });
    vi.advanceTimersByTime(100_000);
    expect([beat.mock.calls, vi.getTimerCount()]).toEqual([[], 0]);
  });
});

describe('when a client does not read', () => {
  it('should say so once its time is over, and beat no more', () => {
    const { pulse, beat, stalled } = pulseOf();
    pulse.wrote(false);
    vi.advanceTimersByTime(4000);
    pulse.wrote(false);
    vi.advanceTimersByTime(990);
    expect(stalled).not.toHaveBeenCalled();
    vi.advanceTimersByTime(30);
    expect([stalled.mock.calls.length, beat.mock.calls.length]).toEqual([1, 0]);
    vi.advanceTimersByTime(60_000);
    expect(stalled).toHaveBeenCalledTimes(1);
  });

  it('should notice it also where that is sooner than the next beat, or no beat is wanted', () => {
    for (const keepAliveMs of [60_000, Infinity]) {
      const { pulse, stalled } = pulseOf({ keepAliveMs });
      pulse.unread();
      vi.advanceTimersByTime(5010);
      expect(stalled).toHaveBeenCalledTimes(1);
    }
  });

  it('should begin anew when the client has read', () => {
    const { pulse, beat, stalled } = pulseOf();
    pulse.wrote(false);
    vi.advanceTimersByTime(4900);
    pulse.read();
    vi.advanceTimersByTime(900);
    expect(beat).not.toHaveBeenCalled();
    pulse.wrote(false);
    vi.advanceTimersByTime(4900);
    expect(stalled).not.toHaveBeenCalled();
  });
});

it('should hold no timer when it is stopped', () => {
  const { pulse } = pulseOf();
  pulse.stop();
  // The wheel's own timer ends with its next tick.
  vi.advanceTimersByTime(8);
  expect(vi.getTimerCount()).toBe(0);
});
