import type { Datatype, TensorData } from './datatype.js';
import { refuseElement } from './json-numbers.js';

/** A little-endian u32 before each element. */
const LENGTH_BYTES = 4;
/**
 * Most elements of an input. Each becomes an object of more than a hundred bytes, and takes as few as three in a body:
 * without a limit a body of 10 MiB would take hundreds of MiB.
 */
const MOST_ELEMENTS = 65_536;

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** BYTES: texts in JSON; in binary form each element after its length. */
export const byteStrings: Datatype = {
  name: 'BYTES',
  dtype: 'bytes',
  hasJson: true,
  elementBytes: undefined,
  isData: (data): data is TensorData =>
    Array.isArray(data) && data.every((element) => typeof element === 'string' || element instanceof Uint8Array),
  fromJson(elements) {
    requireFew(elements.length);
    return elements.map((element, i) =>
      typeof element === 'string' ? Buffer.from(element) : refuseElement(element, i, 'a string'),
    );
  },
  toJson: (data) => (data as readonly (Uint8Array | string)[]).map((element) => JSON.stringify(textOf(element))).join(),
  fromBinary(bytes, count) {
    requireFew(count);
    const elements: Uint8Array[] = [];
    let at = 0;
    while (at + LENGTH_BYTES <= bytes.length && elements.length < count) {
      const start = at + LENGTH_BYTES;
      at = start + bytes.readUInt32LE(at);
      if (at > bytes.length) throw new RangeError(`is cut off in element ${elements.length}`);
      elements.push(bytes.subarray(start, at));
    }
    if (elements.length === count && at === bytes.length) return elements;
    throw new RangeError(`needs ${count} elements in exactly its bytes, and has ${elements.length} in ${at} of them`);
  },
  toBinary: (data) =>
    (data as readonly (Uint8Array | string)[]).flatMap((element) => {
      const bytes = typeof element === 'string' ? Buffer.from(element) : element;
      const length = Buffer.allocUnsafe(LENGTH_BYTES);
      length.writeUInt32LE(bytes.length);
      return [length, bytes];
    }),
};

function requireFew(count: number): void {
  if (count > MOST_ELEMENTS) throw new RangeError(`has ${count} elements, and may have ${MOST_ELEMENTS}`);
}

function textOf(element: Uint8Array | string): string {
  if (typeof element === 'string') return element;
  try {
    return strict.decode(element);
  } catch {
    throw new RangeError('holds bytes that are no UTF-8, which JSON has no form for: ask for it as binary_data');
  }
}
