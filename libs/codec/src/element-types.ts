import type { DType, TypedArray } from './nd-array.js';

/** How one dtype is held in memory. */
export interface ElementType {
  readonly dtype: DType;
  /** Bytes of one element of the NumPy array. */
  readonly bytes: number;
  readonly array: TypedArrayConstructor;
}

interface TypedArrayConstructor {
  readonly BYTES_PER_ELEMENT: number;
  readonly name: string;
  new (buffer: ArrayBufferLike, byteOffset?: number, length?: number): TypedArray;
}

const element = (dtype: DType, bytes: number, array: TypedArrayConstructor): ElementType => ({ dtype, bytes, array });

/** By NumBin's index, which counts from 1. What JavaScript has no typed array for is its bare name. */
const ELEMENT_TYPES: readonly (ElementType | string)[] = [
  element('bool', 1, Uint8Array),
  element('int8', 1, Int8Array),
  element('int16', 2, Int16Array),
  element('int32', 4, Int32Array),
  element('int64', 8, BigInt64Array),
  element('uint8', 1, Uint8Array),
  element('uint16', 2, Uint16Array),
  element('uint32', 4, Uint32Array),
  element('uint64', 8, BigUint64Array),
  element('float16', 2, Uint16Array),
  element('float32', 4, Float32Array),
  element('float64', 8, Float64Array),
  'float128',
  element('complex64', 8, Float32Array),
  element('complex128', 16, Float64Array),
  'complex256',
];

const BARE: ReadonlyMap<unknown, DType> = new Map<unknown, DType>([
  [Int8Array, 'int8'],
  [Int16Array, 'int16'],
  [Int32Array, 'int32'],
  [BigInt64Array, 'int64'],
  [Uint8ClampedArray, 'uint8'],
  [Uint16Array, 'uint16'],
  [Uint32Array, 'uint32'],
  [BigUint64Array, 'uint64'],
  [Float32Array, 'float32'],
  [Float64Array, 'float64'],
]);

/** @returns the element type, or the name (a number for a gap) of one that cannot be held */
export function elementTypeAt(index: number): ElementType | string {
  return ELEMENT_TYPES[index - 1] ?? String(index);
}

export function elementTypeOf(dtype: string): { readonly index: number; readonly type: ElementType } | undefined {
  const at = ELEMENT_TYPES.findIndex((type) => typeof type === 'object' && type.dtype === dtype);
  return at < 0 ? undefined : { index: at + 1, type: ELEMENT_TYPES[at] as ElementType };
}

/** The dtype of a bare typed array; subclasses such as Buffer are bytes. */
export function dtypeOf(data: TypedArray): DType {
  return BARE.get(data.constructor) ?? 'uint8';
}
