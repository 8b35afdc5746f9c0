import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { WatchedCheck } from './watched-check.js';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function watch(check: () => unknown, timeoutMs?: number) {
  const changes: string[] = [];
  const changed = (name: string, cause?: string): void => void changes.push(`${name}: ${cause ?? 'passes'}`);
  return { watched: new WatchedCheck({ name: 'database', check, timeoutMs }, changed), changes };
}

describe('when a check ends', () => {
  it.each([
    ['returns nothing', () => undefined, true],
    ['returns true', () => true, true],
    ['resolves', () => Promise.resolve('pong'), true],
    ['returns false', () => false, false],
    ['resolves with false', () => Promise.resolve(false), false],
    ['rejects', () => Promise.reject(new Error('refused')), false],
    [
      'throws',
      () => {
        throw new Error('refused');
      },
      false,
    ],
  ])('should tell whether it passed, leaving no timer: it %s', async (_how, check, passes) => {
    const { watched } = watch(check);
    expect(await watched.passes()).toBe(passes);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('should tell of changes alone, with the cause', async () => {
    const outcomes: (true | Error)[] = [true, true, new Error('refused'), new Error('reset'), true];
    const { watched, changes } = watch(() => {
      const outcome = outcomes.shift();
      if (outcome instanceof Error) throw outcome;
      return outcome;
    });
    for (let turn = 0; turn < 5; turn++) await watched.passes();
    expect(changes).toEqual(['database: refused', 'database: passes']);
  });
});

describe('when a check hangs', () => {
  it('should have failed after its time, and not be called again before it has ended', async () => {
    let end!: () => void;
    const check = vi.fn(() => new Promise<void>((resolve) => (end = resolve)));
    const { watched, changes } = watch(check, 200);
    for (let turn = 0; turn < 3; turn++) {
      const passes = watched.passes();
      await vi.advanceTimersByTimeAsync(200);
      expect(await passes).toBe(false);
    }
    expect(check).toHaveBeenCalledTimes(1);
    expect(changes).toEqual(['database: it took longer than 200 ms']);
    end();
    await vi.advanceTimersByTimeAsync(0);
    const passes = watched.passes();
    end();
    expect(await passes).toBe(true);
    expect(check).toHaveBeenCalledTimes(2);
  });

  it('should have half a second where nothing else is said', async () => {
    const seen = vi.fn();
    void watch(() => new Promise(() => undefined))
      .watched.passes()
      .then(seen);
    await vi.advanceTimersByTimeAsync(499);
    expect(seen).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    expect(seen).toHaveBeenCalledWith(false);
  });
});
