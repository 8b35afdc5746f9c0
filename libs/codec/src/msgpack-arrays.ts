import { isNdArray, isTypedArray, type NdArray, type TypedArray } from './nd-array.js';
import { encodeNdArray } from './numbin-format.js';

/** A numeric array on its way into msgpack. */
export class ArrayExtension {
  constructor(private readonly array: NdArray | TypedArray) {}

  toBytes(): Buffer {
    return encodeNdArray(this.array);
  }
}

/**
 * The value with every numeric array wrapped, for msgpack to write as an extension; the value itself where there is
 * none. Bytes (`Uint8Array`, `Buffer`) stay bytes.
 */
export function wrapArrays(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (ArrayBuffer.isView(value)) {
    return !isTypedArray(value) || value instanceof Uint8Array ? value : new ArrayExtension(value);
  }
  if (Array.isArray(value)) return wrapList(value);
  if (value instanceof Map) return wrapMap(value);
  if (value instanceof Set) return wrapList([...value]);
  if (value instanceof Date || value instanceof Error || value instanceof RegExp || value instanceof ArrayBuffer) {
    return value;
  }
  if (isNdArray(value)) return new ArrayExtension(value);
  return wrapObject(value);
}

function wrapList(list: readonly unknown[]): readonly unknown[] {
  let copy: unknown[] | undefined;
  for (let i = 0; i < list.length; i++) {
    const item = list[i];
    if (typeof item !== 'object') continue;
    const wrapped = wrapArrays(item);
    if (wrapped !== item) (copy ??= [...list])[i] = wrapped;
  }
  return copy ?? list;
}

function wrapMap(map: ReadonlyMap<unknown, unknown>): unknown {
  return new Map([...map].map(([key, item]) => [key, wrapArrays(item)]));
}

function wrapObject(object: object): unknown {
  const { toJSON } = object as { toJSON?: unknown };
  if (typeof toJSON === 'function') return wrapArrays((toJSON as () => unknown).call(object));
  let copy: Record<string, unknown> | undefined;
  for (const key of Object.keys(object)) {
    const item = (object as Record<string, unknown>)[key];
    if (typeof item !== 'object') continue;
    const wrapped = wrapArrays(item);
    if (wrapped !== item) (copy ??= { ...object })[key] = wrapped;
  }
  return copy ?? object;
}
