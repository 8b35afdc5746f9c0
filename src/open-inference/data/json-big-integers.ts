import type { Datatype } from './datatype.js';
import { refuseElement } from './json-numbers.js';

type BigArray = BigInt64Array | BigUint64Array;

/** Integers of 64 bits, of which a double holds only a part: the others are taken from their digits. */
export function jsonBigIntegers(
  array: new (length: number) => BigArray,
  least: bigint,
  most: bigint,
): Pick<Datatype, 'hasJson' | 'fromJson' | 'toJson'> {
  const expected = `an integer from ${least} to ${most}`;
  return {
    hasJson: true,
    fromJson(elements, exact) {
      const isExact = elements.every((element, i) => {
        if (!Number.isInteger(element)) refuseElement(element, i, expected);
        return Number.isSafeInteger(element);
      });
      const data = new array(elements.length);
      (isExact ? elements : exact()).forEach((element, i) => {
        // A number such as 1e18 is left as it is, and stands for itself.
        const value = BigInt(element as number | string);
        if (value < least || value > most) refuseElement(elements[i], i, expected);
        data[i] = value;
      });
      return data;
    },
    toJson: (data) => (data as BigArray).join(','),
  };
}
