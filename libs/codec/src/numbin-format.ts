import { DecodingError, EncodingError } from '#libs/contracts';
import { dtypeOf, elementTypeAt, elementTypeOf, type ElementType } from './element-types.js';
import { isNdArray, isTypedArray, type NdArray, type TypedArray } from './nd-array.js';

/** Little-endian u16 each: dtype index, number of dimensions, then the dimensions; then the elements. */
const FIXED_BYTES = 4;
const LARGEST_DIMENSION = 0xffff;

/** Bytes before the elements of an array with this many dimensions. */
export function headerBytes(dimensions: number): number {
  return FIXED_BYTES + 2 * dimensions;
}

/**
 * The NumBin form of an `NdArray` or a bare typed array.
 * @param reserve given the bytes of the header, how many bytes to leave free before it
 * @throws EncodingError for anything else, and where a dimension does not fit
 */
export function encodeNdArray(value: unknown, reserve: (header: number) => number = () => 0): Buffer {
  const { index, shape, data } = toEncodable(value);
  const header = headerBytes(shape.length);
  const start = reserve(header);
  const bytes = Buffer.allocUnsafe(start + header + data.byteLength);
  bytes.writeUInt16LE(index, start);
  bytes.writeUInt16LE(shape.length, start + 2);
  shape.forEach((size, i) => bytes.writeUInt16LE(size, start + FIXED_BYTES + 2 * i));
  bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), start + header);
  return bytes;
}

/**
 * The array behind a NumBin form: a view of it where its address allows, a copy otherwise.
 * @throws DecodingError naming what does not fit
 */
export function decodeNdArray(bytes: Uint8Array): NdArray {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < FIXED_BYTES) throw new DecodingError(`numbin header is cut off after ${bytes.length} bytes`);
  const type = elementTypeAt(view.getUint16(0, true));
  if (typeof type === 'string') throw new DecodingError(`numbin dtype ${type} has no typed array`);
  const dimensions = view.getUint16(2, true);
  const header = headerBytes(dimensions);
  if (bytes.length < header) {
    throw new DecodingError(`numbin header of ${dimensions} dimensions is cut off after ${bytes.length} bytes`);
  }
  const shape = Array.from({ length: dimensions }, (_, i) => view.getUint16(FIXED_BYTES + 2 * i, true));
  const needed = sizeOf(shape) * type.bytes;
  if (needed !== bytes.length - header) {
    const text = `numbin shape ${describe(shape)} of ${type.dtype} needs ${needed} bytes`;
    throw new DecodingError(`${text}, but ${bytes.length - header} follow the header`);
  }
  return { dtype: type.dtype, shape, data: elements(bytes.subarray(header), type) } as NdArray;
}

function elements(bytes: Uint8Array, { array }: ElementType): TypedArray {
  const count = bytes.length / array.BYTES_PER_ELEMENT;
  if (bytes.byteOffset % array.BYTES_PER_ELEMENT === 0) return new array(bytes.buffer, bytes.byteOffset, count);
  const copy = new Uint8Array(bytes.length);
  copy.set(bytes);
  return new array(copy.buffer);
}

function toEncodable(value: unknown): { index: number; shape: readonly number[]; data: TypedArray } {
  const { dtype, shape, data } = toNdArray(value);
  const known = elementTypeOf(dtype);
  if (!known) throw new EncodingError(`numbin has no dtype "${dtype}"`);
  const { index, type } = known;
  if (data.BYTES_PER_ELEMENT !== type.array.BYTES_PER_ELEMENT) {
    throw new EncodingError(`an array of dtype ${dtype} holds its data in a ${type.array.name}`);
  }
  const large = shape.find((size) => !Number.isInteger(size) || size < 0 || size > LARGEST_DIMENSION);
  if (large !== undefined) {
    const text = `numbin holds dimensions of 0 to ${LARGEST_DIMENSION}, and shape ${describe(shape)} has ${large}`;
    throw new EncodingError(`${text}: give an NdArray with another shape`);
  }
  if (sizeOf(shape) * type.bytes !== data.byteLength) {
    const text = `shape ${describe(shape)} of ${dtype} needs ${sizeOf(shape) * type.bytes} bytes`;
    throw new EncodingError(`${text}, but its data has ${data.byteLength}`);
  }
  return { index, shape, data };
}

function toNdArray(value: unknown): NdArray {
  if (isTypedArray(value)) return { dtype: dtypeOf(value), shape: [value.length], data: value } as NdArray;
  if (typeof value === 'object' && value !== null && isNdArray(value)) return value;
  throw new EncodingError('numbin codec got something that is no NdArray or typed array');
}

function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}

function describe(shape: readonly number[]): string {
  return `[${shape.join(', ')}]`;
}
