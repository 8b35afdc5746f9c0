import { describe, expect, it } from 'vitest';
import { formatBodySize, parseBodySize } from './body-size.js';

describe('when a body size is read', () => {
  it.each([
    ['20', 20, '20 B'],
    ['10k', 10_000, '10 KB'],
    ['1m', 1_000_000, '1 MB'],
    ['10M', 10_000_000, '10 MB'],
  ])('should take %s as %i bytes and write it as %s', (text, bytes, written) => {
    expect(parseBodySize(text)).toBe(bytes);
    expect(formatBodySize(bytes)).toBe(written);
  });

  it.each(['', 'k', '1g', '-1', '1.5k', '1k '])('should not take "%s"', (text) => {
    expect(parseBodySize(text)).toBeNaN();
  });
});
