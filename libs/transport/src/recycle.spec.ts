import { describe, expect, it } from 'vitest';
import { recycleReason, type RecycleLimits } from './recycle.js';

const USAGE = { answered: 100, rssBytes: 5000, ageMs: 60_000.4 };

describe('when a replica has done so much', () => {
  it.each<[string, RecycleLimits, string | undefined]>([
    ['go on where nothing limits it', {}, undefined],
    ['go on below its limits', { maxRequests: 101, maxRssBytes: 5000, maxAgeMs: 60_001 }, undefined],
    ['be due when it has answered enough', { maxRequests: 100 }, 'answered 100 items'],
    ['be due when it uses too much memory', { maxRssBytes: 4999 }, 'uses 5000 bytes of memory'],
    ['be due when it is old enough', { maxAgeMs: 60_000 }, 'is 60000 ms old'],
    ['be due when any one limit is reached', { maxRequests: 1000, maxRssBytes: 9999, maxAgeMs: 1 }, 'is 60000 ms old'],
  ])('should %s', (_what, limits, reason) => {
    expect(recycleReason(limits, USAGE)).toBe(reason);
  });
});
