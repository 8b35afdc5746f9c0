import type { Datatype } from './datatype.js';
import { fixedWidth } from './fixed-width.js';
import { refuseElement } from './json-numbers.js';

const fixed = fixedWidth('BOOL', 'bool', Uint8Array, {
  hasJson: true,
  fromJson: (elements) => Uint8Array.from(elements, (element, i) => toByte(element, i)),
  toJson: (data) => Array.from(data as Uint8Array, (value) => value !== 0).join(','),
});

/** BOOL: a byte of 0 or 1. */
export const booleans: Datatype = {
  ...fixed,
  fromBinary(bytes, count) {
    const data = fixed.fromBinary(bytes, count) as Uint8Array;
    const bad = data.findIndex((value) => value > 1);
    return bad < 0 ? data : refuseElement(data[bad], bad, 'the bytes 0 and 1');
  },
};

/** Clients write both forms. */
function toByte(element: unknown, index: number): number {
  if (element === true || element === 1) return 1;
  if (element === false || element === 0) return 0;
  return refuseElement(element, index, 'true or false');
}
