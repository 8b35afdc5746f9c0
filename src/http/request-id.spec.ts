import { describe, expect, it } from 'vitest';
import { requestId } from './request-id.js';

describe('when the client names its request', () => {
  it.each([
    'a',
    'order-17',
    '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
    'A:b/c+d=e@f.g_h',
    'x'.repeat(128),
  ])('should keep the name: %s', (id) => {
    expect(requestId(id)).toBe(id);
  });

  it.each(['', ' ', 'a b', 'a\nb', 'a"b', '<b>', 'é', 'x'.repeat(129)])('should not keep what is harmful: %j', (id) => {
    expect(requestId(id)).not.toBe(id);
    expect(requestId(id)).toMatch(/^[\w-]+$/);
  });

  it('should not choose among several names', () => {
    expect(requestId(['a', 'b'])).toMatch(/^[\w-]{12,}-\w+$/);
  });
});

describe('when the client names nothing', () => {
  it('should make a new id each time, which it would accept itself', () => {
    const ids = Array.from({ length: 1000 }, () => requestId(undefined));
    expect(new Set(ids).size).toBe(1000);
    for (const id of ids) expect(requestId(id)).toBe(id);
  });
});
