import { describe, expect, it } from 'vitest';
import { LogRepeats } from './log-repeats.js';

const PERIOD = 1000;

function repeats(lines = 10): LogRepeats<string> {
  return new LogRepeats({ most: 2, periodMs: PERIOD, lines });
}

describe('when the same line comes again and again', () => {
  it('should be written as often as is allowed in a period, then be counted', () => {
    const log = repeats();
    expect([1, 2, 3, 4].map((now) => log.admit('a', 'line a', now))).toEqual([true, true, false, false]);
    expect(log.nextEnd).toBe(1 + PERIOD);
    expect(log.ended(PERIOD)).toEqual([]);
    expect(log.ended(1 + PERIOD)).toEqual([{ line: 'line a', times: 2 }]);
    expect(log.ended(1 + PERIOD)).toEqual([]);
  });

  it('should be written again in the next period', () => {
    const log = repeats();
    for (const now of [1, 2, 3]) log.admit('a', 'line a', now);
    log.ended(PERIOD + 1);
    expect(log.admit('a', 'line a', PERIOD + 1)).toBe(true);
  });

  it('should leave other lines alone', () => {
    const log = repeats();
    for (const now of [1, 2, 3]) log.admit('a', 'line a', now);
    expect(log.admit('b', 'line b', 4)).toBe(true);
  });
});

describe('when a line did not repeat', () => {
  it('should be forgotten without a word', () => {
    const log = repeats();
    log.admit('a', 'line a', 0);
    expect(log.ended(PERIOD)).toEqual([]);
    expect(log.nextEnd).toBeUndefined();
  });
});

describe('when there are more different lines than are remembered', () => {
  it('should forget the oldest ones first, and tell of what they held back', () => {
    const log = repeats(3);
    for (const now of [1, 2, 3]) log.admit('a', 'line a', now);
    log.admit('b', 'line b', 4);
    expect(log.ended(5)).toEqual([]);
    log.admit('c', 'line c', 5);
    expect(log.ended(6)).toEqual([{ line: 'line a', times: 1 }]);
    expect(log.nextEnd).toBe(4 + PERIOD);
  });

  it('should never remember more', () => {
    const log = repeats(3);
    let reported = 0;
    for (let i = 0; i < 100; i++) {
      for (const _ of [1, 2, 3]) {
        reported += log.ended(i).length;
        log.admit(`${i}`, `line ${i}`, i);
      }
    }
    expect(reported).toBe(98);
  });
});
