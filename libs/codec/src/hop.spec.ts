import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EncodingError } from '#libs/contracts';
import { decodeHop, encodeHop } from './hop.js';

describe('when a value is handed to the next stage', () => {
  it('should arrive as it was', () => {
    const anything = fc.anything({ withBigInt: true, withDate: true, withTypedArray: true });
    fc.assert(
      fc.property(anything, (value) => {
        expect(decodeHop(encodeHop(value))).toEqual(value);
      }),
    );
  });

  it('should keep typed arrays, maps, dates and undefined', () => {
    const value = { ids: Float32Array.of(1.5), names: new Map([[1, 'a']]), at: new Date(5), none: undefined };
    expect(decodeHop(encodeHop(value))).toStrictEqual(value);
  });

  it('should lose the prototype: hops carry data', () => {
    class Point {
      x = 1;
    }
    expect(decodeHop(encodeHop(new Point()))).toStrictEqual({ x: 1 });
  });

  it("should begin with the mark of V8's format", () => {
    expect(encodeHop(null)[0]).toBe(0xff);
  });

  it('should refuse a function, saying so', () => {
    expect(() => encodeHop({ run: () => 1 })).toThrow(EncodingError);
    expect(() => encodeHop({ run: () => 1 })).toThrow(
      /^the value cannot be handed to the next stage: .*could not be cloned/,
    );
  });
});
