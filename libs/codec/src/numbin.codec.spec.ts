import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DecodingError, EncodingError } from '#libs/contracts';
import type { NdArray } from './nd-array.js';
import { numbin } from './numbin.codec.js';
import { pythonBytes } from './python/python.fixture.js';

const counting = [0, 1, 2, 3, 4, 5];
const FROM_PYTHON = {
  bool: Uint8Array.of(0, 1, 1, 1, 1, 1),
  int8: Int8Array.from(counting),
  int16: Int16Array.from(counting),
  int32: Int32Array.from(counting),
  int64: BigInt64Array.from(counting.map(BigInt)),
  uint8: Uint8Array.from(counting),
  uint16: Uint16Array.from(counting),
  uint32: Uint32Array.from(counting),
  uint64: BigUint64Array.from(counting.map(BigInt)),
  float16: Uint16Array.of(0, 0x3c00, 0x4000, 0x4200, 0x4400, 0x4500),
  float32: Float32Array.from(counting),
  float64: Float64Array.from(counting),
  complex64: Float32Array.from(counting.flatMap((real) => [real, 0])),
  complex128: Float64Array.from(counting.flatMap((real) => [real, 0])),
};

describe('when an array was written by Python', () => {
  it.each(Object.entries(FROM_PYTHON))('should read its %s, and write the same bytes', (dtype, data) => {
    const body = pythonBytes(dtype);
    const array = numbin.decode(body);
    expect(array).toEqual({ dtype, shape: [2, 3], data });
    expect(numbin.encode(array)).toEqual(body);
  });

  it.each([
    ['scalar', { dtype: 'float64', shape: [], data: Float64Array.of(2.5) }],
    ['empty', { dtype: 'float32', shape: [0, 3], data: new Float32Array() }],
    ['large-dimension', { dtype: 'uint8', shape: [65_535, 0], data: new Uint8Array() }],
  ])('should read and write the %s one', (name, array) => {
    expect(numbin.decode(pythonBytes(name))).toEqual(array);
    expect(numbin.encode(array)).toEqual(pythonBytes(name));
  });

  it.each(['float128', 'complex256'])('should refuse its %s, which has no typed array', (dtype) => {
    expect(() => numbin.decode(pythonBytes(dtype))).toThrow(
      new DecodingError(`numbin dtype ${dtype} has no typed array`),
    );
  });
});

describe('when an array lies in a larger buffer', () => {
  const body = pythonBytes('float32');
  const placedAt = (offset: number): Uint8Array => {
    const room = new Uint8Array(64);
    room.set(body, offset);
    return room.subarray(offset, offset + body.length);
  };

  it('should be a view where its elements are aligned', () => {
    const bytes = placedAt(8);
    const { data } = numbin.decode(bytes) as NdArray<'float32'>;
    expect(data.buffer).toBe(bytes.buffer);
    expect([...data]).toEqual(counting);
  });

  it.each([1, 2, 3, 5])('should be a copy at offset %d', (offset) => {
    const bytes = placedAt(offset);
    const { data } = numbin.decode(bytes) as NdArray<'float32'>;
    expect(data.buffer).not.toBe(bytes.buffer);
    expect([...data]).toEqual(counting);
  });
});

describe('when a bare typed array is written', () => {
  it.each([
    ['int16', Int16Array.of(-1, 2)],
    ['uint8', Buffer.from([1, 2])],
    ['uint8', Uint8ClampedArray.of(1, 255)],
    ['float64', Float64Array.of(0.5)],
  ])('should be a %s array of one dimension', (dtype, data) => {
    expect(numbin.decode(numbin.encode(data))).toMatchObject({ dtype, shape: [data.length] });
  });

  it('should write its own elements of a larger buffer alone', () => {
    const part = Float32Array.of(9, 1, 2, 9).subarray(1, 3);
    expect(numbin.decode(numbin.encode(part))).toMatchObject({ data: Float32Array.of(1, 2) });
  });
});

describe('when an array cannot be written', () => {
  const data = Float32Array.of(1, 2);

  it.each([
    ['a text', 'x', 'numbin codec got something that is no NdArray or typed array'],
    ['nothing', null, 'numbin codec got something that is no NdArray'],
    ['a DataView', new DataView(new ArrayBuffer(8)), 'numbin codec got something'],
    ['an unknown dtype', { dtype: 'float8', shape: [2], data }, 'numbin has no dtype "float8"'],
    [
      'data in the wrong array',
      { dtype: 'float64', shape: [1], data },
      'dtype float64 holds its data in a Float64Array',
    ],
    ['a shape of another size', { dtype: 'float32', shape: [3], data }, 'shape [3] of float32 needs 12 bytes, but its'],
    ['a negative dimension', { dtype: 'float32', shape: [-1, -2], data }, 'and shape [-1, -2] has -1'],
    ['a dimension over 65 535', new Uint8Array(65_536), 'numbin holds dimensions of 0 to 65535, and shape [65536]'],
  ])('should refuse %s', (_what, value, message) => {
    expect(() => numbin.encode(value)).toThrow(EncodingError);
    expect(() => numbin.encode(value)).toThrow(message);
  });
});

describe('when bytes are no array', () => {
  it.each([
    ['', 'numbin header is cut off after 0 bytes'],
    ['0b00', 'numbin header is cut off after 2 bytes'],
    ['00000000', 'numbin dtype 0 has no typed array'],
    ['1100000000', 'numbin dtype 17 has no typed array'],
    ['0b0002', 'numbin header is cut off after 3 bytes'],
    ['0b0002000100', 'numbin header of 2 dimensions is cut off after 6 bytes'],
    ['0b000100020000000000', 'numbin shape [2] of float32 needs 8 bytes, but 4 follow the header'],
    ['0b000300ffffffffffff', 'numbin shape [65535, 65535, 65535] of float32 needs'],
  ])('should refuse %j with the reason', (hex, message) => {
    expect(() => numbin.decode(Buffer.from(hex, 'hex'))).toThrow(DecodingError);
    expect(() => numbin.decode(Buffer.from(hex, 'hex'))).toThrow(message);
  });

  it('should refuse whatever it cannot read with a DecodingError alone', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
        try {
          expect(numbin.encode(numbin.decode(bytes))).toEqual(Buffer.from(bytes));
        } catch (error) {
          expect(error).toBeInstanceOf(DecodingError);
        }
      }),
    );
  });
});
