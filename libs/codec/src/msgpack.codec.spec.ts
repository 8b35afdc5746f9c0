import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DecodingError, EncodingError } from '#libs/contracts';
import { msgpack } from './msgpack.codec.js';
import type { NdArray } from './nd-array.js';
import { pythonBytes, runPython } from './python/python.fixture.js';

const roundTrip = (value: unknown): unknown => msgpack.decode(msgpack.encode(value));
const image: NdArray = { dtype: 'float32', shape: [2, 3], data: Float32Array.of(0, 1, 2, 3, 4, 5) };

describe('when a body is msgpack', () => {
  it('should read back what JSON could have held', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const plain: unknown = JSON.parse(JSON.stringify(value));
        fc.pre(!JSON.stringify(plain).includes('__proto__'));
        expect(roundTrip(plain)).toEqual(plain);
      }),
    );
  });

  it('should read what Python wrote', () => {
    expect(msgpack.decode(pythonBytes('msgpack'))).toEqual({
      text: 'é🙂',
      small: -1,
      large: 2 ** 40,
      huge: 2n ** 63n,
      float: 0.5,
      nil: null,
      list: [true, false, { a: Buffer.from([0, 255]) }],
      long: 'x'.repeat(300),
    });
  });

  it("should write maps and nil as every language reads them, never msgpackr's records", () => {
    expect(Buffer.from(msgpack.encode([{ a: 1 }, { a: 2 }, undefined])).toString('hex')).toBe('9381a1610181a16102c0');
  });

  it('should write the fields of an instance, a Map as a map, a Set as a list', () => {
    class Point {
      x = 1;
    }
    expect(roundTrip([new Point(), new Map([['a', 1]]), new Set([1])])).toEqual([{ x: 1 }, { a: 1 }, [1]]);
  });

  it('should read bytes as a view of its own part of the body alone', () => {
    const room = Buffer.concat([Buffer.from('x'), msgpack.encode({ raw: Uint8Array.of(7, 8) }), Buffer.from('x')]);
    const { raw } = msgpack.decode(room.subarray(1, -1)) as { raw: Buffer };
    expect([...raw]).toEqual([7, 8]);
    expect(raw.buffer).toBe(room.buffer);
  });

  it('should keep a date', () => {
    expect(roundTrip(new Date(1_500))).toEqual(new Date(1_500));
  });
});

describe('when a value holds arrays', () => {
  it('should read the message of numbin, and write the same bytes', () => {
    const message = { id: 7, image };
    expect(msgpack.decode(pythonBytes('message'))).toEqual(message);
    expect(Buffer.from(msgpack.encode(message))).toEqual(pythonBytes('message'));
  });

  it.each([
    ['at the top', image, image],
    ['in a list', [[1, image]], [[1, image]]],
    ['in a Map', new Map([['a', image]]), { a: image }],
    ['in a Set', new Set([image]), [image]],
    ['behind toJSON', { toJSON: () => ({ image }) }, { image }],
    ['bare', { ids: Int32Array.of(1, 2) }, { ids: { dtype: 'int32', shape: [2], data: Int32Array.of(1, 2) } }],
    ['of one byte per element', Int8Array.of(1), { dtype: 'int8', shape: [1], data: Int8Array.of(1) }],
  ])('should keep an array %s', (_where, value, expected) => {
    expect(roundTrip(value)).toEqual(expected);
  });

  it('should leave the value itself as it is', () => {
    const ids = Int32Array.of(1);
    const value = { list: [ids], name: 'a' };
    msgpack.encode(value);
    expect(value).toEqual({ list: [ids], name: 'a' });
    expect(value.list[0]).toBe(ids);
  });
});

describe('when a value cannot be written', () => {
  it('should refuse a dimension over 65 535 by name', () => {
    expect(() => msgpack.encode({ large: new Float32Array(65_536) })).toThrow(EncodingError);
    expect(() => msgpack.encode({ large: new Float32Array(65_536) })).toThrow('shape [65536] has 65536');
  });

  it('should refuse a cycle', () => {
    const cycle: unknown[] = [];
    cycle.push(cycle);
    expect(() => msgpack.encode(cycle)).toThrow(EncodingError);
    expect(roundTrip([1])).toEqual([1]);
  });

  it('should refuse an integer beyond 64 bits', () => {
    expect(() => msgpack.encode(2n ** 64n)).toThrow(EncodingError);
  });
});

describe('when bytes are no msgpack', () => {
  it.each([
    ['nothing', '', /MessagePack data/],
    ['a cut-off list', '9201', /ends early|end of MessagePack/],
    ['a cut-off number', 'cb0000', /ends early|end of MessagePack/],
    ['a cut-off text', 'a561', /ends early|end of/],
    ['a list longer than the body', 'ddffffffff', /end of MessagePack/],
    ['more than one value', '0102', /end of buffer not reached/],
    ['an unknown extension', 'd60500000000', /Unknown extension type 5/],
    ['a broken array', 'd66f00000000', /numbin dtype 0/],
    ['lists without an end', '91'.repeat(200_000), /nested too deeply/],
  ])('should refuse %s with the reason', (_what, hex, message) => {
    expect(() => msgpack.decode(Buffer.from(hex, 'hex'))).toThrow(DecodingError);
    expect(() => msgpack.decode(Buffer.from(hex, 'hex'))).toThrow(message);
    expect(roundTrip({ a: 1 })).toEqual({ a: 1 });
  });

  it('should fail with nothing but a DecodingError', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
        try {
          msgpack.decode(bytes);
        } catch (error) {
          expect(error).toBeInstanceOf(DecodingError);
        }
      }),
      { numRuns: 2_000 },
    );
  });
});

const hasPython = runPython('') !== undefined;

describe.runIf(hasPython)('when Python reads what was written here', () => {
  it('should get the same values', () => {
    const value = { text: 'é🙂', n: [1, -5, 0.5, null, true], big: 2n ** 40n, raw: Uint8Array.of(0, 255), image };
    const program =
      'v = loads(sys.stdin.buffer.read())\n' +
      'assert v["text"] == "é🙂" and v["n"] == (1, -5, 0.5, None, True) and v["big"] == 2**40\n' +
      'assert v["raw"] == b"\\x00\\xff" and v["image"].dtype == np.float32\n' +
      'assert v["image"].tolist() == [[0, 1, 2], [3, 4, 5]]\n' +
      'sys.stdout.buffer.write(dumps(v))';
    const answer = runPython(program, msgpack.encode(value));
    expect(answer && msgpack.decode(answer)).toEqual({ ...value, big: 2 ** 40, raw: Buffer.from([0, 255]) });
  });
});
