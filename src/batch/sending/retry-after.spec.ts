import { describe, expect, it } from 'vitest';
import { backoffMs } from './backoff.js';
import { retryAfterMs } from './retry-after.js';

describe('when an answer says when to come back', () => {
  it.each([
    ['3', 3000],
    ['0', 0],
    ['Sun, 22 Nov 2026 12:00:10 GMT', 10_000],
    ['Sun, 22 Nov 2026 11:00:00 GMT', 0],
    ['soon', undefined],
    [undefined, undefined],
  ])('should read %j', (value, ms) => {
    expect(retryAfterMs(value, Date.parse('2026-11-22T12:00:00Z'))).toBe(ms);
  });
});

describe('when a line rests', () => {
  it('should spread what comes back, never before it was asked for', () => {
    expect([backoffMs(1, 1000, 60_000, 0), backoffMs(1, 1000, 60_000, 1)]).toEqual([1000, 1250]);
    expect([backoffMs(3, undefined, 60_000, 0), backoffMs(3, undefined, 60_000, 1)]).toEqual([500, 1000]);
  });

  it('should rest no longer than the run has patience', () => {
    expect(backoffMs(1, 3_600_000, 5000, 1)).toBe(5000);
    expect(backoffMs(2000, undefined, 60_000, 1)).toBe(10_000);
  });
});
