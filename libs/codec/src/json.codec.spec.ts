import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DecodingError, EncodingError } from '#libs/contracts';
import { json } from './json.codec.js';

describe('when a body is JSON', () => {
  it('should read back what it wrote', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        const value: unknown = JSON.parse(text);
        expect(json.decode(json.encode(value))).toEqual(value);
      }),
    );
  });

  it('should write UTF-8', () => {
    expect([...json.encode('é')]).toEqual([0x22, 0xc3, 0xa9, 0x22]);
  });

  it('should read its own part of a larger buffer alone', () => {
    expect(json.decode(Buffer.from('x[1]x').subarray(1, 4))).toEqual([1]);
  });

  it.each(['', '{', '[1,]', 'undefined'])('should refuse %j as undecodable', (text) => {
    expect(() => json.decode(Buffer.from(text))).toThrow(DecodingError);
  });

  it.each([undefined, () => 1, Symbol('s')])('should refuse to write what JSON has no form for', (value) => {
    expect(() => json.encode(value)).toThrow(EncodingError);
  });

  it('should throw for a BigInt and a cycle', () => {
    const cycle: unknown[] = [];
    cycle.push(cycle);
    expect(() => json.encode(1n)).toThrow(TypeError);
    expect(() => json.encode(cycle)).toThrow(TypeError);
  });
});
