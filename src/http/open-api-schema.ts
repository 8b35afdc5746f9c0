import type { ReferenceObject, SchemaObject } from '@nestjs/swagger';
import type { DtoClass, Schema } from '../interfaces/schema.interface.js';
import type { StandardSchema } from '../interfaces/standard-schema.interface.js';
import { jsonSchemaComponents, type ComponentSchemas } from './open-api-json-schema.js';

/** A schema as the document refers to it, and what it needs among the components. */
export interface PublishedSchema {
  /** Absent when the stage declares none. */
  readonly schema?: SchemaObject | ReferenceObject;
  /** DTO class that Swagger reads. */
  readonly model?: DtoClass;
  readonly components?: ComponentSchemas;
}

export type Direction = 'input' | 'output';

interface JsonSchemaSource {
  readonly '~standard': { readonly jsonSchema?: Partial<Record<Direction, JsonSchemaOf>> };
  readonly toJSONSchema?: JsonSchemaOf;
}
type JsonSchemaOf = (options: Record<string, string>) => Record<string, unknown>;

const PRIMITIVES = new Map<unknown, SchemaObject>([
  [Number, { type: 'number' }],
  [String, { type: 'string' }],
  [Boolean, { type: 'boolean' }],
]);

/** In the order of preference; libraries throw for a target that they do not know. */
const TARGETS = ['openapi-3.0', 'draft-07', 'draft-2020-12'];

/** @param name component name for a schema that has none of its own */
export function publishSchema(
  schema: Schema | undefined,
  direction: Direction,
  name: string,
  pathOf: (model: DtoClass) => string,
): PublishedSchema {
  if (schema === undefined) return {};
  const primitive = PRIMITIVES.get(schema);
  if (primitive) return { schema: primitive };
  if (!('~standard' in schema)) return { schema: { $ref: pathOf(schema as DtoClass) }, model: schema as DtoClass };
  const json = jsonSchemaOf(schema, direction);
  if (!json) return { schema: { type: 'object' } };
  return { schema: { $ref: `#/components/schemas/${name}` }, components: jsonSchemaComponents(json, name) };
}

function jsonSchemaOf(schema: StandardSchema, direction: Direction): Record<string, unknown> | undefined {
  const source = schema as unknown as JsonSchemaSource;
  const standard = source['~standard'].jsonSchema?.[direction];
  for (const target of TARGETS) {
    try {
      const json = standard ? standard({ target }) : source.toJSONSchema?.({ target, io: direction });
      if (json) return json;
    } catch {
      // Not this target, or not expressible at all.
    }
  }
  return undefined;
}
