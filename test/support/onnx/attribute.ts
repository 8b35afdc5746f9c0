import { block, float, integer } from './protobuf.js';
import { tensorFields, type Constant } from './tensor.js';

/** A number is an integer attribute, `{ float: 1 }` one of floating point. */
export type Attribute = number | string | readonly number[] | { readonly float: number } | Constant;

const TYPES = { float: 1, integer: 2, text: 3, tensor: 4, integers: 7 };

const typed = (value: Buffer, type: number): Buffer[] => [value, integer(20, type)];

/** The fields of an `AttributeProto`. */
export function attributeFields(name: string, value: Attribute): Buffer[] {
  return [block(1, name), ...valueFields(value)];
}

function valueFields(value: Attribute): Buffer[] {
  if (typeof value === 'number') return typed(integer(3, value), TYPES.integer);
  if (typeof value === 'string') return typed(block(4, value), TYPES.text);
  if ('float' in value) return typed(float(2, value.float), TYPES.float);
  if ('dtype' in value) return typed(block(5, tensorFields(value, 'value')), TYPES.tensor);
  return [...value.map((item) => integer(8, item)), integer(20, TYPES.integers)];
}
