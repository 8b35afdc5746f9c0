import { describeTensor, type TensorSpec } from './tensor-spec.js';

type JsonSchema = Record<string, unknown>;

/** JSON Schema of an object with nested lists by name. */
export function tensorJsonSchema(specs: readonly TensorSpec[]): JsonSchema {
  return {
    type: 'object',
    properties: Object.fromEntries(specs.map((spec) => [spec.name, listSchema(spec)])),
    required: specs.map(({ name }) => name),
    additionalProperties: false,
  };
}

function listSchema({ dtype, shape }: TensorSpec): JsonSchema {
  const lists = shape.reduceRight<JsonSchema>(
    (items, size) => ({
      type: 'array',
      items,
      ...(typeof size === 'number' && { minItems: size, maxItems: size }),
    }),
    elementSchema(dtype),
  );
  return { ...lists, description: describeTensor(dtype, shape) };
}

function elementSchema(dtype: string): JsonSchema {
  if (dtype === 'bool') return { type: 'boolean' };
  return { type: dtype.startsWith('float') ? 'number' : 'integer' };
}
