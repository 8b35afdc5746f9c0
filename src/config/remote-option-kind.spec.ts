import { describe, expect, it } from 'vitest';
import { remote } from './remote-option-kind.js';

const { fromValue, fromText } = remote();

describe('when remote is configured', () => {
  it.each([
    false,
    { redis: 'redis://host' },
    { redis: '/run/redis.sock', prefix: 'p', stages: ['Detect'], stalledMs: 300, timeoutMs: 1, ttlMs: 1, options: {} },
  ])('should take %j', (value) => {
    expect(fromValue(value)).toBe(value);
  });

  it.each([
    true,
    {},
    { redis: undefined },
    { redis: 'http://host' },
    { redis: 'redis://host', prefix: '' },
    { redis: 'redis://host', stages: 'Detect' },
    { redis: 'redis://host', stages: [''] },
    { redis: 'redis://host', stalledMs: 100 },
    { redis: 'redis://host', timeoutMs: 0 },
    { redis: 'redis://host', ttlMs: 1.5 },
    { redis: 'redis://host', options: 'tls' },
  ])('should refuse %j', (value) => {
    expect(fromValue(value)).toBeUndefined();
  });

  it('should not be read from text, which would show a password', () => {
    expect(fromText('redis://:secret@host')).toBeUndefined();
  });
});
