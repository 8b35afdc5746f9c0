import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ForwardWatch, type ForwardLimits } from './forward-watch.js';

beforeEach(() => {
  vi.useFakeTimers({ now: 0 });
});
afterEach(() => {
  vi.useRealTimers();
});

/** A watch and what it reported, each with its time. */
function watchWith(limits: Partial<ForwardLimits> = {}) {
  const reports: string[] = [];
  const watch = new ForwardWatch({ killGraceMs: 100, hungMs: 1000, ...limits }, () => Date.now(), {
    timedOut: () => reports.push(`timed out at ${Date.now()}`),
    hung: () => reports.push(`hung at ${Date.now()}`),
  });
  return { watch, reports };
}

describe('when forward has a timeout', () => {
  it('should report it once, and that the call hangs once the grace is over too', () => {
    const { watch, reports } = watchWith({ timeoutMs: 50 });
    watch.entered();
    vi.advanceTimersByTime(49);
    expect(reports).toEqual([]);
    vi.advanceTimersByTime(60_000);
    expect(reports).toEqual(['timed out at 50', 'hung at 150']);
  });

  it('should report nothing of a call that ends in time', () => {
    const { watch, reports } = watchWith({ timeoutMs: 50 });
    watch.entered();
    vi.advanceTimersByTime(49);
    watch.left();
    vi.advanceTimersByTime(60_000);
    expect(reports).toEqual([]);
  });

  it('should not report as hung what ends within the grace', () => {
    const { watch, reports } = watchWith({ timeoutMs: 50 });
    watch.entered();
    vi.advanceTimersByTime(149);
    watch.left();
    vi.advanceTimersByTime(60_000);
    expect(reports).toEqual(['timed out at 50']);
  });

  it('should give each call the whole time, with one timer for all', () => {
    const { watch, reports } = watchWith({ timeoutMs: 50 });
    for (let call = 0; call < 10; call += 1) {
      watch.entered();
      expect(vi.getTimerCount()).toBe(1);
      vi.advanceTimersByTime(40);
      if (call < 9) watch.left();
    }
    expect(reports).toEqual([]);
    vi.advanceTimersByTime(10);
    expect(reports).toEqual(['timed out at 410']);
  });
});

describe('when nobody waits for the running call any more', () => {
  it('should report it as hung after a while, also where forward has no timeout', () => {
    const { watch, reports } = watchWith();
    watch.entered();
    vi.advanceTimersByTime(5000);
    watch.abandoned();
    vi.advanceTimersByTime(60_000);
    expect(reports).toEqual(['hung at 6000']);
  });

  it('should not wait for a timeout that is further away', () => {
    const { watch, reports } = watchWith({ timeoutMs: 30_000 });
    watch.entered();
    watch.abandoned();
    vi.advanceTimersByTime(60_000);
    expect(reports).toEqual(['hung at 1000']);
  });

  it('should keep to a timeout that comes earlier', () => {
    const { watch, reports } = watchWith({ timeoutMs: 50 });
    watch.entered();
    watch.abandoned();
    vi.advanceTimersByTime(60_000);
    expect(reports).toEqual(['timed out at 50', 'hung at 150']);
  });

  it('should not begin anew each time that it is told so', () => {
    const { watch, reports } = watchWith();
    watch.entered();
    watch.abandoned();
    vi.advanceTimersByTime(600);
    watch.abandoned();
    vi.advanceTimersByTime(400);
    expect(reports).toEqual(['hung at 1000']);
  });

  it('should report nothing where the call ends after all, and nothing of the next one', () => {
    const { watch, reports } = watchWith();
    watch.entered();
    watch.abandoned();
    vi.advanceTimersByTime(999);
    watch.left();
    watch.entered();
    vi.advanceTimersByTime(60_000);
    expect(reports).toEqual([]);
  });
});

describe('when the replica is gone', () => {
  it('should leave no timer behind', () => {
    const { watch, reports } = watchWith({ timeoutMs: 50 });
    watch.entered();
    watch.stop();
    expect(vi.getTimerCount()).toBe(0);
    vi.advanceTimersByTime(60_000);
    expect(reports).toEqual([]);
  });
});
