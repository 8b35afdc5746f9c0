import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Datatype, TensorData } from './datatype.js';
import { DATATYPE_NAMES, datatypeOf } from './datatypes.js';

const type = (name: string) => datatypeOf(name) as Datatype;
const hexOf = (data: Datatype, value: TensorData) => Buffer.concat(data.toBinary(value)).toString('hex');
const never = (): never => {
  throw new Error('no number here is long');
};

/** Elements in JSON, the data that a stage sees, the bytes on the wire. */
const TABLE: readonly (readonly [string, string, TensorData, string])[] = [
  ['BOOL', 'true,false', Uint8Array.of(1, 0), '0100'],
  ['UINT8', '0,255', Uint8Array.of(0, 255), '00ff'],
  ['UINT16', '1,65535', Uint16Array.of(1, 65535), '0100ffff'],
  ['UINT32', '1,4294967295', Uint32Array.of(1, 4294967295), '01000000ffffffff'],
  ['UINT64', '1,255', BigUint64Array.of(1n, 255n), '0100000000000000ff00000000000000'],
  ['INT8', '-128,127', Int8Array.of(-128, 127), '807f'],
  ['INT16', '-2,2', Int16Array.of(-2, 2), 'feff0200'],
  ['INT32', '-2,2', Int32Array.of(-2, 2), 'feffffff02000000'],
  ['INT64', '-2,2', BigInt64Array.of(-2n, 2n), 'feffffffffffffff0200000000000000'],
  ['FP32', '1.5,-2', Float32Array.of(1.5, -2), '0000c03f000000c0'],
  ['FP64', '1.5,-2', Float64Array.of(1.5, -2), '000000000000f83f00000000000000c0'],
  ['BYTES', '"é",""', [Buffer.from('é'), Buffer.alloc(0)], '02000000c3a900000000'],
];

describe('when elements are written and read', () => {
  it.each(TABLE)('should have %s in JSON as %s', (name, json, data) => {
    expect(type(name).toJson(data)).toBe(json);
    expect(type(name).fromJson(JSON.parse(`[${json}]`) as unknown[], never)).toEqual(data);
  });

  it.each(TABLE)('should have %s in binary form, little-endian', (name, _json, data, hex) => {
    expect(hexOf(type(name), data)).toBe(hex);
    expect([...type(name).fromBinary(Buffer.from(hex, 'hex'), 2)]).toEqual([...data]);
  });

  it('should view bytes where their address allows it, and copy them elsewhere', () => {
    const buffer = Buffer.from(new ArrayBuffer(16));
    const aligned = type('FP32').fromBinary(buffer.subarray(4, 12), 2) as Float32Array;
    const odd = type('FP32').fromBinary(buffer.subarray(5, 13), 2) as Float32Array;
    expect([aligned.buffer === buffer.buffer, odd.buffer === buffer.buffer]).toEqual([true, false]);
  });

  it('should know all types of the protocol and no other', () => {
    expect(DATATYPE_NAMES).toHaveLength(14);
    expect(datatypeOf('fp32')).toBeUndefined();
    expect(datatypeOf('constructor')).toBeUndefined();
  });
});

describe('when elements of 64 bits are in JSON', () => {
  it('should take those that a double cannot hold from their digits', () => {
    const read = (numbers: number[], digits: unknown[]) => type('INT64').fromJson(numbers, () => digits);
    expect(read([2 ** 63, 1e18, 3], ['9223372036854775807', 1e18, 3])).toEqual(
      BigInt64Array.of(9223372036854775807n, 10n ** 18n, 3n),
    );
    expect(() => read([2 ** 63], ['9223372036854775808'])).toThrow(/takes an integer from -9223372036854775808/);
  });

  it('should not take them from texts that the client sent', () => {
    expect(() => type('UINT64').fromJson(['1'], never)).toThrow('has "1" at place 0');
  });

  it('should write every digit', () => {
    expect(type('UINT64').toJson(BigUint64Array.of(18446744073709551615n))).toBe('18446744073709551615');
  });
});

describe('when elements are not of their type', () => {
  it.each([
    ['BOOL', [2], 'has 2 at place 0 and takes true or false'],
    ['UINT8', [1, 256], 'has 256 at place 1 and takes an integer from 0 to 255'],
    ['INT8', [1.5], 'has 1.5 at place 0'],
    ['FP32', [1e39], 'has 1e+39 at place 0'],
    ['FP64', [null], 'has null at place 0'],
    ['FP64', ['x'.repeat(1000)], `has "${'x'.repeat(39)}… at place 0`],
    ['INT64', [0.5], 'has 0.5 at place 0'],
    ['BYTES', [1], 'has 1 at place 0 and takes a string'],
    ['FP16', [1], 'has no form in JSON'],
    ['BF16', [1], 'has no form in JSON'],
    ['BYTES', new Array(65_537).fill(''), 'has 65537 elements, and may have 65536'],
  ])('should refuse them in JSON, as %s %#', (name, elements, text) => {
    expect(() => type(name).fromJson(elements, never)).toThrow(text);
  });

  it.each([
    ['BOOL', '02', 1, 'has 2 at place 0'],
    ['FP32', '00000000', 2, 'needs 8 bytes, and has 4'],
    ['BF16', '000000', 1, 'needs 2 bytes, and has 3'],
    ['BYTES', '0500000061', 1, 'is cut off in element 0'],
    ['BYTES', 'ffffffff', 1, 'is cut off in element 0'],
    ['BYTES', '0100000061', 2, 'needs 2 elements in exactly its bytes, and has 1 in 5 of them'],
    ['BYTES', '010000006100', 1, 'needs 1 elements in exactly its bytes, and has 1 in 5 of them'],
  ])('should refuse them in binary form, as %s %#', (name, hex, count, text) => {
    expect(() => type(name).fromBinary(Buffer.from(hex, 'hex'), count)).toThrow(text);
  });

  it('should say of results that JSON has no form for them', () => {
    expect(() => type('FP32').toJson(Float32Array.of(NaN))).toThrow('ask for it as binary_data');
    expect(() => type('FP64').toJson(Float64Array.of(-Infinity))).toThrow('ask for it as binary_data');
    expect(() => type('BYTES').toJson([Uint8Array.of(0xff)])).toThrow('ask for it as binary_data');
    expect(() => type('FP16').toJson(Uint16Array.of(1))).toThrow('ask for it as binary_data');
  });

  it('should tell the data of a type from others', () => {
    expect(type('FP32').isData(new Float64Array(1))).toBe(false);
    expect(type('UINT8').isData(new Uint8ClampedArray(1))).toBe(true);
    expect(type('BYTES').isData(['a', Buffer.from('b')])).toBe(true);
    expect(type('BYTES').isData([1])).toBe(false);
    expect(type('BYTES').isData('a')).toBe(false);
  });
});

describe('when floats are of 16 bits', () => {
  it('should leave the bits of FP16 as they are', () => {
    expect(type('FP16').fromBinary(Buffer.from('003c00c0', 'hex'), 2)).toEqual(Uint16Array.of(0x3c00, 0xc000));
  });

  it('should widen BF16 to what it stands for', () => {
    const values = type('BF16').fromBinary(Buffer.from('803f20c0807fc07f', 'hex'), 4);
    expect([...values]).toEqual([1, -2.5, Infinity, NaN]);
  });

  it('should round to the nearest BF16, ties to even', () => {
    const ties = Float32Array.of(1 + 2 ** -8, 1 + 3 * 2 ** -8, 1 + 2 ** -8 + 2 ** -20, 3.4e38, -Infinity, NaN);
    expect(hexOf(type('BF16'), ties)).toBe('803f' + '823f' + '813f' + '807f' + '80ff' + 'c07f');
  });

  it('should bring every BF16 back unchanged', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 0xffff }), (bits) => {
        const bytes = Buffer.from(Uint16Array.of(bits).buffer);
        const isNaN = (bits & 0x7f80) === 0x7f80 && (bits & 0x7f) !== 0;
        const expected = isNaN ? bits | 0x40 : bits;
        const back = Buffer.concat(type('BF16').toBinary(type('BF16').fromBinary(bytes, 1)));
        expect(back.readUInt16LE()).toBe(expected);
      }),
    );
  });
});
