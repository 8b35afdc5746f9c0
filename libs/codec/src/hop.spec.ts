import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EncodingError, MosecError, type HopCodec } from '#libs/contracts';
import { bytes } from './bytes.codec.js';
import { decodeHop, encodeHop } from './hop.js';
import { json } from './json.codec.js';
import { msgpack } from './msgpack.codec.js';
import type { NdArray } from './nd-array.js';
import { numbin } from './numbin.codec.js';
import { structuredClone } from './structured-clone.codec.js';
import { text } from './text.codec.js';

const reversed: HopCodec = {
  name: 'reversed',
  decode: (payload) => Buffer.from(payload).reverse().toString(),
  encode: (value) => Buffer.from(value as string).reverse(),
};

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

describe('when a value is handed over in a codec', () => {
  const image = { dtype: 'float32', shape: [2, 3], data: Float32Array.of(0, 1, 2, 3, 4, 5) };

  it.each([
    [msgpack, { ids: [1, 2], at: new Date(1_000), image }],
    [numbin, image],
    [json, { a: [1] }],
    [text, 'é'],
    [bytes, Buffer.from('abc')],
    [structuredClone, new Map([[1, 2n]])],
  ])('should be read by its first bytes: $name', (codec, value) => {
    expect(decodeHop(encodeHop(value, codec))).toEqual(value);
  });

  it('should be read by a codec of the user under its name', () => {
    expect(decodeHop(encodeHop('abc', reversed), [reversed])).toBe('abc');
    expect(encodeHop('abc', reversed).toString()).toContain('cba');
  });

  it.each([[[]], [[3]], [[2, 3]], [[1, 2, 3]], [[2, 2, 2, 2]]])(
    'should be an array without a copy where the payload is aligned: shape %j',
    (shape) => {
      const data = new Float64Array(shape.reduce((product, size) => product * size, 1));
      const payload = encodeHop({ dtype: 'float64', shape, data }, numbin);
      const aligned = new Uint8Array(payload);
      const decoded = decodeHop(aligned) as NdArray<'float64'>;
      expect(decoded).toEqual({ dtype: 'float64', shape, data });
      expect(decoded.data.buffer).toBe(aligned.buffer);
    },
  );
});

describe('when a hand-over in a codec fails', () => {
  it('should name what the codec has no form for', () => {
    expect(() => encodeHop('x', numbin)).toThrow(EncodingError);
    expect(() => encodeHop(1n, json)).toThrow(/^the value cannot be handed to the next stage: .*BigInt/);
  });

  it('should refuse what is no bytes', () => {
    const broken = { ...reversed, encode: () => 'abc' as never };
    expect(() => encodeHop('abc', broken)).toThrow('codec "reversed" gave no Uint8Array');
  });

  it('should name a codec that is not known', () => {
    expect(() => decodeHop(encodeHop('abc', reversed))).toThrow('codec "reversed", which is not known here');
  });

  it('should never blame the request', () => {
    const payload = encodeHop({ a: 1 }, json);
    payload[payload.length - 1] = 0x20;
    let thrown: unknown;
    try {
      decodeHop(payload);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).not.toBeInstanceOf(MosecError);
    expect((thrown as Error).message).toContain('a hand-over in codec "json" cannot be read: ');
  });

  it.each([[[3]], [[3, 1, 65]], [[3, 200, 65]]])('should refuse the broken header %j', (header) => {
    expect(() => decodeHop(Uint8Array.from(header))).toThrow('a hand-over is shorter than its header');
  });
});
