import { describe, expect, it } from 'vitest';
import { cacheFolder } from './cache-folder.js';

describe('when a folder for downloads is chosen', () => {
  it('should follow XDG_CACHE_HOME', () => {
    expect(cacheFolder({ XDG_CACHE_HOME: '/home/me/.cache' }, '/repo')).toBe('/home/me/.cache/nestjs-mosec');
  });

  it.each([{}, { XDG_CACHE_HOME: '' }, { XDG_CACHE_HOME: 'relative' }])('should be in node_modules with %o', (env) => {
    expect(cacheFolder(env, '/repo')).toBe('/repo/node_modules/.cache/nestjs-mosec');
  });
});
