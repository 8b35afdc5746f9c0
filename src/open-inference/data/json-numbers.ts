import type { Datatype, TensorData } from './datatype.js';
import type { ArrayType } from './fixed-width.js';

type JsonForm = Pick<Datatype, 'hasJson' | 'fromJson' | 'toJson'>;

/** Longest part of a bad element that an error repeats. */
const SHOWN_CHARACTERS = 40;

/** Integers that a double holds exactly. */
export function jsonIntegers(array: ArrayType, least: number, most: number): JsonForm {
  return numbers(array, `an integer from ${least} to ${most}`, (value) => {
    return Number.isInteger(value) && value >= least && value <= most;
  });
}

/** Numbers; those that a float cannot hold exactly are rounded to it, infinities are refused. */
export function jsonFloats(array: ArrayType, largest: number): JsonForm {
  return numbers(array, `a number of at most ${largest}`, (value) => Math.abs(value) <= largest);
}

/** For elements that have a binary form alone. */
export const noJson: JsonForm = {
  hasJson: false,
  fromJson: () => {
    throw new RangeError('has no form in JSON: send it as binary data');
  },
  toJson: () => {
    throw new RangeError('has no form in JSON: ask for it as binary_data');
  },
};

/** @throws RangeError saying what the element at `index` should be */
export function refuseElement(element: unknown, index: number, expected: string): never {
  const text = JSON.stringify(element) ?? 'undefined';
  const shown = text.length > SHOWN_CHARACTERS ? `${text.slice(0, SHOWN_CHARACTERS)}…` : text;
  throw new RangeError(`has ${shown} at place ${index} and takes ${expected}`);
}

function numbers(array: ArrayType, expected: string, fits: (value: number) => boolean): JsonForm {
  return {
    hasJson: true,
    fromJson(elements) {
      const data = new array(elements.length) as Float64Array;
      elements.forEach((element, i) => {
        if (typeof element !== 'number' || !fits(element)) refuseElement(element, i, expected);
        data[i] = element;
      });
      return data;
    },
    toJson(data: TensorData) {
      const values = data as Float64Array;
      if (!values.every(Number.isFinite)) {
        throw new RangeError('holds NaN or infinity, which JSON has no form for: ask for it as binary_data');
      }
      return values.join(',');
    },
  };
}
