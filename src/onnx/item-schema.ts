import { dtypeOf, isNdArray, isTypedArray, type NdArray } from '#libs/codec';
import type { StandardSchema, StandardSchemaResult } from '../interfaces/standard-schema.interface.js';
import { checkFeeds } from './check-feeds.js';
import { fromLists } from './nested-lists.js';
import { givenTensor } from './tensor-conversion.js';
import { TensorMismatchError } from './tensor-mismatch.error.js';
import { tensorJsonSchema } from './tensor-json-schema.js';
import type { TensorSpec } from './tensor-spec.js';
import type { Tensors } from './tensors.js';

/** What the schemas of a stage are about; read at their first use. */
export interface ItemDescription {
  readonly name: string;
  readonly specs: readonly TensorSpec[];
}

/** Items of a model: arrays, or the nested lists of JSON, which become arrays. */
export function inputSchema(describe: () => ItemDescription): StandardSchema<unknown, Tensors> {
  return schemaOf(describe, (value) => {
    const { name, specs } = describe();
    try {
      return { value: acceptItem(name, specs, value) };
    } catch (error) {
      if (!(error instanceof TensorMismatchError)) throw error;
      return { issues: [{ message: error.message }] };
    }
  });
}

/** Published, and nothing to check: the runtime made it. */
export function outputSchema(describe: () => ItemDescription): StandardSchema<Tensors, Tensors> {
  return schemaOf(describe, (value) => ({ value: value as Tensors }));
}

function schemaOf<I>(
  describe: () => ItemDescription,
  validate: (value: unknown) => StandardSchemaResult<Tensors>,
): StandardSchema<I, Tensors> {
  const schema = () => tensorJsonSchema(describe().specs);
  // `jsonSchema` is the extension of https://standardschema.dev/json-schema, from which OpenAPI is made.
  const standard = {
    version: 1 as const,
    vendor: 'nestjs-mosec',
    validate,
    jsonSchema: { input: schema, output: schema },
  };
  return { '~standard': standard };
}

function acceptItem(model: string, specs: readonly TensorSpec[], value: unknown): Tensors {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    const names = specs.map(({ name }) => `"${name}"`).join(', ');
    throw new TensorMismatchError(`Model "${model}" takes an object with its inputs ${names}.`);
  }
  const entries = Object.entries(value).map(([name, member]) => {
    const spec = specs.find((each) => each.name === name);
    return [name, spec ? toArray(model, spec, member) : member] as [string, NdArray];
  });
  const item = Object.fromEntries(entries);
  const given = entries.map(([name, array]) => [name, isArray(array) ? givenTensor(array) : UNKNOWN] as const);
  checkFeeds(model, specs, Object.fromEntries(given));
  return item;
}

/** Stands for the value of an unknown name, which the check refuses by that. */
const UNKNOWN = { dtype: 'unknown', shape: [], length: 1 };

function isArray(value: unknown): value is NdArray {
  return typeof value === 'object' && value !== null && isNdArray(value);
}

function toArray(model: string, spec: TensorSpec, value: unknown): NdArray {
  if (isTypedArray(value)) return { dtype: dtypeOf(value), shape: [value.length], data: value } as NdArray;
  return isArray(value) ? value : fromLists(model, spec, value);
}
