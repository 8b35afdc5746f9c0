import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { LogSink } from '#libs/contracts';
import { LimitedLog } from './limited-log.js';

const LIMITS = { most: 2, periodMs: 10_000, lines: 10 };

function limited(writesAll = false) {
  const written = vi.fn<LogSink['log']>();
  return {
    written,
    log: new LimitedLog(
      { log: written },
      () => writesAll,
      () => Date.now(),
      LIMITS,
    ),
  };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('when requests fail in the same way in great numbers', () => {
  function fail(log: LimitedLog, times: number): void {
    for (let i = 0; i < times; i++) {
      const fields = { requestId: `id-${i}`, traceId: 'f00', stage: 'Work', code: 'INTERNAL' };
      log.log('error', `request id-${i} failed: no model\n at x`, 'Work', fields);
    }
  }

  it('should write the first ones, and tell of the others once the period is over', () => {
    const { log, written } = limited();
    fail(log, 5);
    expect(written).toHaveBeenCalledTimes(2);
    vi.advanceTimersByTime(9_999);
    expect(written).toHaveBeenCalledTimes(2);
    vi.advanceTimersByTime(1);
    expect(written).toHaveBeenCalledTimes(3);
    const [level, message, context, fields] = written.mock.lastCall!;
    expect([level, context]).toEqual(['error', 'Work']);
    expect(message).toBe('repeated 3 more times within 10 s: request id-0 failed: no model');
    expect(fields).toEqual({ stage: 'Work', code: 'INTERNAL', repeats: 3 });
    expect(vi.getTimerCount()).toBe(0);
  });

  it('should tell of the others at the stop', () => {
    const { log, written } = limited();
    fail(log, 4);
    log.flush();
    expect(written.mock.lastCall?.[1]).toContain('repeated 2 more times');
    expect(vi.getTimerCount()).toBe(0);
  });

  it('should write all where everything is wanted', () => {
    const { log, written } = limited(true);
    fail(log, 5);
    expect(written).toHaveBeenCalledTimes(5);
  });
});

describe('when lines differ', () => {
  it('should write all of them, as they are', () => {
    const { log, written } = limited();
    const lines: Parameters<LogSink['log']>[] = [
      ['info', 'a', 'Work#1', { worker: 1 }],
      ['info', 'a', 'Work#2', { worker: 2 }],
      ['warning', 'a', 'Work#1', undefined],
      ['info', 'b'.repeat(10_000), 'Work#1', undefined],
    ];
    for (let i = 0; i < 2; i++) for (const line of lines) log.log(...line);
    expect(written.mock.calls).toEqual([...lines, ...lines]);
    expect(vi.getTimerCount()).toBe(0);
  });
});
