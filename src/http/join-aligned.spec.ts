import { describe, expect, it } from 'vitest';
import { joinAligned } from './join-aligned.js';

describe('when the chunks of a body are joined', () => {
  const chunks = ['ab', 'cde'].map((text) => Buffer.from(text));

  it('should take the only chunk as it is where that will do', () => {
    const whole = Buffer.from(new ArrayBuffer(16), 3, 8);
    expect(joinAligned([whole], 8, whole, undefined)).toBe(whole);
    expect(joinAligned([whole], 8, whole, 5)).toBe(whole);
    expect(joinAligned([whole], 8, whole, 4)).not.toBe(whole);
  });

  it.each([0, 1, 3, 8, 13])('should have place %i at a multiple of 8', (place) => {
    const joined = joinAligned(chunks, 5, undefined, place);
    expect(joined.toString()).toBe('abcde');
    expect((joined.byteOffset + place) % 8).toBe(0);
  });

  it('should join them anywhere else', () => {
    expect(joinAligned(chunks, 5, undefined, undefined).toString()).toBe('abcde');
  });
});
