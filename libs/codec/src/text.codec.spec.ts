import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DecodingError, EncodingError } from '#libs/contracts';
import { text } from './text.codec.js';

describe('when a body is text', () => {
  it('should read back what it wrote, a byte order mark included', () => {
    expect(text.decode(text.encode('\uFEFFa'))).toBe('\uFEFFa');
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (value) => {
        expect(text.decode(text.encode(value))).toBe(value);
      }),
    );
  });

  it('should refuse bytes that are not UTF-8', () => {
    expect(() => text.decode(Uint8Array.of(0x61, 0xff))).toThrow(DecodingError);
    expect(() => text.decode(Uint8Array.of(0xc3))).toThrow('the body is not valid UTF-8');
  });

  it.each([undefined, 1, {}, Buffer.from('a')])('should refuse to write %o', (value) => {
    expect(() => text.encode(value)).toThrow(EncodingError);
  });
});
