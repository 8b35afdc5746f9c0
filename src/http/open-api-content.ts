import { bareType } from './media-type.js';
import type { ContentObject, ReferenceObject, SchemaObject } from '@nestjs/swagger';

/** Media types whose bytes are a tree of values (a form: of fields and files), so that a schema can describe it. */
const STRUCTURED =
  /^multipart\/form-data$|[/+](json|ndjson|x-ndjson|msgpack|x-msgpack|vnd\.msgpack|cbor|yaml|x-yaml|xml)$/;

/**
 * Bodies in each of these media types: values by the declared schema (any value without one), texts as strings,
 * and everything else, e.g. images, as binary data.
 */
export function contentOf(mediaTypes: readonly string[], declared?: SchemaObject | ReferenceObject): ContentObject {
  return Object.fromEntries(
    mediaTypes.map(bareType).map((mediaType) => [mediaType, { schema: schemaIn(mediaType, declared) }]),
  );
}

function schemaIn(mediaType: string, declared: SchemaObject | ReferenceObject = {}): SchemaObject | ReferenceObject {
  if (STRUCTURED.test(mediaType)) return declared;
  if (mediaType.startsWith('text/')) return { type: 'string' };
  return { type: 'string', format: 'binary' };
}
