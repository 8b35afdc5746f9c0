import type { ReferenceObject, SchemaObject } from '@nestjs/swagger';

type Json = Record<string, unknown>;

/** Keywords with the same meaning in JSON Schema and in OpenAPI 3.0. */
const KEYWORDS = new Set(
  (
    'title description default format enum required pattern multipleOf maximum minimum exclusiveMaximum ' +
    'exclusiveMinimum maxLength minLength maxItems minItems uniqueItems maxProperties minProperties type nullable ' +
    'example deprecated readOnly writeOnly additionalProperties discriminator'
  ).split(' '),
);

/** Schemas of one JSON Schema, by their names among the components of a document. */
export type ComponentSchemas = Record<string, SchemaObject | ReferenceObject>;

/**
 * Rewrites a JSON Schema (draft 7, 2020-12, or an exporter's idea of OpenAPI 3.0) into components of an OpenAPI 3.0
 * document. What 3.0 has no word for is left out, so that the document stays valid and claims too little, not too much.
 * @param name component of the schema itself; its definitions are named after it
 */
export function jsonSchemaComponents(json: Json, name: string): ComponentSchemas {
  const definitions = { ...(json['definitions'] as Json), ...(json['$defs'] as Json) };
  const entries = Object.entries(definitions).map(([key, schema]) => [componentOf(name, key), convert(schema, name)]);
  return { ...(Object.fromEntries(entries) as ComponentSchemas), [name]: convert(json, name) };
}

function convert(schema: unknown, name: string): SchemaObject | ReferenceObject {
  if (!isObject(schema)) return {};
  if (typeof schema['$ref'] === 'string') return { $ref: rewrite(schema['$ref'], name) };
  const inner = (value: unknown): unknown => convert(value, name);
  const out: Json = {};
  for (const [key, value] of Object.entries(schema)) {
    if (key === 'properties' && isObject(value)) out[key] = mapValues(value, inner);
    else if (key === 'items' || key === 'not') out[key] = Array.isArray(value) ? {} : inner(value);
    else if (['allOf', 'anyOf', 'oneOf'].includes(key) && Array.isArray(value)) out[key] = value.map(inner);
    else if (key === 'additionalProperties' && isObject(value)) out[key] = inner(value);
    else if (key === 'const') out['enum'] = [value];
    else if (key === 'examples' && Array.isArray(value)) out['example'] ??= value[0];
    else if (KEYWORDS.has(key) || key.startsWith('x-')) out[key] = value;
  }
  return exclusiveBounds(nullable(out));
}

/** 3.0 has no type "null" and one type per schema. */
function nullable(schema: Json): Json {
  const { type, anyOf, ...rest } = schema;
  if (Array.isArray(anyOf)) {
    const members: unknown[] = anyOf;
    const others = members.filter((member) => !isNull(member));
    const only = others.length === 1 && isObject(others[0]) && !('$ref' in others[0]) ? others[0] : undefined;
    if (others.length === anyOf.length) return schema;
    return only ? { ...rest, ...only, nullable: true } : { ...rest, anyOf: others, nullable: true };
  }
  if (Array.isArray(type)) {
    const others = (type as unknown[]).filter((member) => member !== 'null');
    const types = others.length === 1 ? { type: others[0] } : { anyOf: others.map((member) => ({ type: member })) };
    return withItems({ ...rest, ...types, ...(others.length < type.length && { nullable: true }) });
  }
  return type === 'null' ? { ...rest, nullable: true, enum: [null] } : withItems(schema);
}

function isNull(schema: unknown): boolean {
  return isObject(schema) && Array.isArray(schema['enum']) && schema['enum'].every((value) => value === null);
}

/** An array must say what is in it. */
function withItems(schema: Json): Json {
  return schema['type'] === 'array' && !('items' in schema) ? { ...schema, items: {} } : schema;
}

/** Numbers in JSON Schema, flags beside the bound in 3.0. */
function exclusiveBounds(schema: Json): Json {
  const out = { ...schema };
  for (const [exclusive, bound] of [
    ['exclusiveMinimum', 'minimum'],
    ['exclusiveMaximum', 'maximum'],
  ] as const) {
    if (typeof out[exclusive] === 'number') Object.assign(out, { [bound]: out[exclusive], [exclusive]: true });
  }
  return out;
}

function rewrite(ref: string, name: string): string {
  const key = /^#\/(?:\$defs|definitions)\/([^/]+)$/.exec(ref)?.[1];
  return `#/components/schemas/${key === undefined ? name : componentOf(name, key)}`;
}

/** Component names are made of these characters alone. */
function componentOf(name: string, key: string): string {
  return `${name}.${key.replace(/[^\w.-]/g, '_')}`;
}

function mapValues(object: Json, change: (value: unknown) => unknown): Json {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, change(value)]));
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
