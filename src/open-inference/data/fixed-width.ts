import type { DType } from '#libs/codec';
import type { Datatype, DatatypeName, TensorData } from './datatype.js';

type FixedArray = Exclude<TensorData, readonly unknown[]>;

/** Constructor of the typed array of a datatype. */
export interface ArrayType {
  readonly BYTES_PER_ELEMENT: number;
  readonly name: string;
  new (length: number): FixedArray;
  new (buffer: ArrayBufferLike, byteOffset: number, length: number): FixedArray;
}

/** A datatype whose binary form is the memory of a typed array: little-endian, no padding. */
export function fixedWidth(
  name: DatatypeName,
  dtype: DType,
  array: ArrayType,
  json: Pick<Datatype, 'hasJson' | 'fromJson' | 'toJson'>,
): Datatype {
  const elementBytes = array.BYTES_PER_ELEMENT;
  return {
    name,
    dtype,
    elementBytes,
    ...json,
    isData: (data): data is TensorData =>
      data instanceof (array as unknown as new () => object) || (name === 'UINT8' && data instanceof Uint8ClampedArray),
    fromBinary(bytes, count) {
      requireBytes(bytes, count, elementBytes);
      return viewOf(bytes, count, array);
    },
    toBinary: (data) => {
      const { buffer, byteOffset, byteLength } = data as FixedArray;
      return [new Uint8Array(buffer, byteOffset, byteLength)];
    },
  };
}

/** @throws RangeError where the bytes are not those of `count` elements */
export function requireBytes(bytes: Buffer, count: number, elementBytes: number): void {
  if (bytes.length === count * elementBytes) return;
  throw new RangeError(`needs ${count * elementBytes} bytes, and has ${bytes.length}`);
}

/** A view of the bytes where their address allows it, a copy otherwise. */
export function viewOf(bytes: Buffer, count: number, array: ArrayType): FixedArray {
  if (bytes.byteOffset % array.BYTES_PER_ELEMENT === 0) return new array(bytes.buffer, bytes.byteOffset, count);
  const copy = new Uint8Array(bytes.length);
  copy.set(bytes);
  return new array(copy.buffer, 0, count);
}
