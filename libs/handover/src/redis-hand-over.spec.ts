import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { redis } from './redis.js';

describe('when a hand-over through Redis is declared', () => {
  it.each([
    ['redis://user:secret@cache:6380/2', 'cache:6380'],
    ['rediss://cache', 'cache:6379'],
    ['/run/redis.sock', '/run/redis.sock'],
    ['http://cache', undefined],
    ['redis://', undefined],
    ['cache:6379', undefined],
    ['', undefined],
    [undefined, undefined],
  ])('should read from %o the address %o, without user and password', (url, address) => {
    expect(redis({ url: url as string }).address).toBe(address);
  });

  it('should not show its url when it is printed', () => {
    const hop = redis({ url: 'redis://:secret@cache' });
    expect(inspect(hop) + JSON.stringify(hop)).not.toContain('secret');
    expect(hop.url).toBe('redis://:secret@cache');
  });

  it('should have defaults for what is left out', () => {
    expect(redis({ url: 'redis://cache' })).toMatchObject({ prefix: 'mosec', ttlMs: 60_000, timeoutMs: 1_000 });
    expect(redis({ url: 'redis://cache', prefix: 'mine' }).keyOf('1')).toBe('mine:1');
  });
});
