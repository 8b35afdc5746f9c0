import { describe, expect, it } from 'vitest';
import { MosecConfigurationError } from '../interfaces/mosec-configuration.error.js';
import { getRoutes, Route } from './route.decorator.js';

@Route('/one', { version: '2' })
class One {}

@Route(['/a', '/b'])
class Several {}

describe('when a class has @Route', () => {
  it('should record its paths and options', () => {
    expect(getRoutes(One)).toEqual({ paths: ['/one'], options: { version: '2' } });
    expect(getRoutes(Several)).toEqual({ paths: ['/a', '/b'], options: {} });
  });

  it('should not record them for its subclasses', () => {
    expect(getRoutes(class extends One {})).toBeUndefined();
  });

  it('should refuse a second one', () => {
    expect(() => Route('/two')(One)).toThrow(
      new MosecConfigurationError(
        `Pipeline "One" has @Route more than once: name all its paths in one list, @Route(['/a', '/b']).`,
      ),
    );
  });
});
