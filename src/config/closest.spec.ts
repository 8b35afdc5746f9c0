import { describe, expect, it } from 'vitest';
import { closest } from './closest.js';

describe('when a name is misspelt', () => {
  it.each([
    ['prot', 'port'],
    ['addres', 'address'],
    ['max-request-sise', 'max-request-size'],
    ['max', 'max-request-size'],
  ])('should suggest for "%s" the name "%s"', (name, expected) => {
    expect(closest(name, ['address', 'port', 'max-request-size', 'timeout'])).toBe(expected);
  });

  it('should suggest nothing that does not resemble it', () => {
    expect(closest('frobnicate', ['address', 'port'])).toBeUndefined();
  });

  it('should suggest nothing where there is nothing', () => {
    expect(closest('port', [])).toBeUndefined();
  });
});
