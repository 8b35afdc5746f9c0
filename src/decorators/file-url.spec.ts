import { describe, expect, it } from 'vitest';
import { toFileUrl } from './file-url.js';

describe('when a file is named', () => {
  it.each([
    ['a path', '/app/my stages.js', 'file:///app/my%20stages.js'],
    ['a URL', 'file:///app/stages.js', 'file:///app/stages.js'],
    ['a URL with a query', 'file:///app/stages.js?v=1#x', 'file:///app/stages.js'],
  ])('should spell %s as a URL', (_kind, file, url) => {
    expect(toFileUrl(file)).toBe(url);
  });

  it.each(['stages.js', './stages.js', 'node:fs', 'webpack://app/stages.js', 'https://host/stages.js', ''])(
    'should not take "%s" for a file',
    (file) => {
      expect(toFileUrl(file)).toBeUndefined();
    },
  );
});
