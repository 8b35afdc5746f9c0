import { describe, expect, it } from 'vitest';
import { EncodingError } from '#libs/contracts';
import { bytes } from './bytes.codec.js';

describe('when a body is bytes', () => {
  it('should hand over a Buffer on the same memory', () => {
    const body = new Uint8Array([9, 1, 2, 9]).subarray(1, 3);
    const value = bytes.decode(body) as Buffer;
    expect(Buffer.isBuffer(value)).toBe(true);
    expect([...value]).toEqual([1, 2]);
    body[0] = 7;
    expect(value[0]).toBe(7);
  });

  it('should write a Uint8Array as it is', () => {
    const value = new Uint8Array([1]);
    expect(bytes.encode(value)).toBe(value);
  });

  it('should write the bytes of any view and of an ArrayBuffer', () => {
    const words = Uint16Array.of(0xffff, 0x0201, 0x0403);
    expect([...bytes.encode(words.subarray(1))]).toEqual([1, 2, 3, 4]);
    expect([...bytes.encode(new DataView(words.buffer, 2, 2))]).toEqual([1, 2]);
    expect([...bytes.encode(words.buffer)]).toEqual([0xff, 0xff, 1, 2, 3, 4]);
  });

  it.each(['text', 1, [1, 2], null, undefined])('should refuse to write %o', (value) => {
    expect(() => bytes.encode(value)).toThrow(EncodingError);
  });
});
