import { describe, expect, it } from 'vitest';
import { loadPackage } from './load-package.js';

describe('when a codec needs an optional package', () => {
  it('should load it', () => {
    expect(loadPackage<object>('msgpackr', 'codec "msgpack"')).toHaveProperty('Packr');
  });

  it('should say what to install where it is missing', () => {
    expect(() => loadPackage('no-such-package', 'codec "x"')).toThrow(
      'codec "x" needs the package "no-such-package", which cannot be loaded: run npm install no-such-package.',
    );
  });
});
