import { elementTypeOf, type NdArray } from '#libs/codec';
import { TensorMismatchError } from './tensor-mismatch.error.js';
import { sizeOf } from './strides.js';
import type { TensorSpec } from './tensor-spec.js';

type Element = number | bigint;

/**
 * The array that nested lists of numbers write, as JSON has them: `[[1, 2], [3, 4]]`, a number alone for a scalar.
 * @throws TensorMismatchError if they are ragged or hold what the type cannot
 */
export function fromLists(model: string, { name, dtype }: TensorSpec, lists: unknown): NdArray {
  const refuse = (why: string): never => {
    throw new TensorMismatchError(`Model "${model}" takes input "${name}" as ${dtype}, and ${why}.`);
  };
  const type = elementTypeOf(dtype)?.type;
  if (!type || dtype === 'float16') return refuse('lists cannot write it: send it as an array in msgpack');
  const shape = shapeOf(lists);
  const data = new type.array(new ArrayBuffer(sizeOf(shape) * type.bytes));
  const toElement = data instanceof BigInt64Array || data instanceof BigUint64Array ? toBigInt : toNumber;
  let at = 0;
  const write = (value: unknown, axis: number): void => {
    if (Array.isArray(value)) {
      if (value.length !== shape[axis]) refuse('its lists have different lengths');
      for (const member of value as unknown[]) write(member, axis + 1);
      return;
    }
    if (axis !== shape.length) refuse('its lists have different depths');
    const element = toElement(value);
    if (element === undefined) return refuse(`${JSON.stringify(value)} in its lists is no such number`);
    data[at] = element;
    const isExact = dtype === 'bool' ? data[at] === element && Number(element) <= 1 : data[at] === element;
    if (!isExact && !dtype.startsWith('float')) refuse(`${String(element)} in its lists is out of range`);
    at++;
  };
  write(lists, 0);
  return { dtype, shape, data } as NdArray;
}

function shapeOf(lists: unknown): number[] {
  const shape: number[] = [];
  for (let level = lists; Array.isArray(level); level = level[0]) shape.push(level.length);
  return shape;
}

function toNumber(value: unknown): Element | undefined {
  if (typeof value === 'boolean') return Number(value);
  return typeof value === 'number' ? value : undefined;
}

/** Digits in a text too, as JSON's numbers are exact up to 2^53 alone. */
function toBigInt(value: unknown): Element | undefined {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? BigInt(value) : undefined;
  return typeof value === 'string' && /^-?\d+$/.test(value) ? BigInt(value) : undefined;
}

/** The JSON of nested lists. @throws Error for types that JSON has no numbers for */
export function toListText({ dtype, shape, data }: NdArray): string {
  if (dtype === 'float16' || dtype.startsWith('complex')) {
    throw new Error(`JSON has no form for an array of ${dtype}: answer in msgpack`);
  }
  let at = 0;
  const write = (axis: number): string => {
    if (axis === shape.length) return elementText(data[at++]);
    return `[${Array.from({ length: shape[axis] as number }, () => write(axis + 1)).join(',')}]`;
  };
  return write(0);
}

function elementText(value: Element | undefined): string {
  return typeof value === 'number' && !Number.isFinite(value) ? 'null' : String(value);
}
