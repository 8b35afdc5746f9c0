import { describe, expect, it } from 'vitest';
import { ConcurrencyLimit } from './concurrency-limit.js';

const answered = (limit: ConcurrencyLimit, times: number): void => {
  for (let turn = 0; turn < times; turn++) limit.answered();
};

describe('when lines are answered', () => {
  it('should grow quickly from a few to the most', () => {
    const limit = new ConcurrencyLimit(64);
    expect(limit.value).toBe(4);
    answered(limit, 60);
    expect(limit.value).toBe(64);
    answered(limit, 100);
    expect(limit.value).toBe(64);
    expect(new ConcurrencyLimit(1).value).toBe(1);
  });
});

describe('when the server has too much to do', () => {
  it('should halve once for all that was sent before, and grow slowly from there', () => {
    const limit = new ConcurrencyLimit(64);
    answered(limit, 60);
    const mark = limit.mark;
    for (let turn = 0; turn < 20; turn++) limit.refused(mark, true);
    expect(limit.value).toBe(32);
    answered(limit, 40);
    expect(limit.value).toBe(33);
  });

  it('should never forbid everything', () => {
    const limit = new ConcurrencyLimit(64);
    for (let turn = 0; turn < 20; turn++) limit.refused(limit.mark, true);
    expect(limit.value).toBe(1);
  });
});

describe('when the server was away', () => {
  it('should come back quickly to where it was', () => {
    const limit = new ConcurrencyLimit(64);
    answered(limit, 60);
    for (let turn = 0; turn < 20; turn++) limit.refused(limit.mark, false);
    expect(limit.value).toBe(1);
    answered(limit, 63);
    expect(limit.value).toBe(64);
  });
});
