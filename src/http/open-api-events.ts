import type { ContentObject, ParameterObject, ReferenceObject, SchemaObject } from '@nestjs/swagger';

export const LAST_EVENT_ID: ParameterObject & { name: string } = {
  name: 'Last-Event-ID',
  in: 'header',
  required: false,
  description: 'Id of the last event that a reconnecting client has read',
  schema: { type: 'string' },
};

/**
 * Streams in each of these media types. OpenAPI 3.0 has no word for a sequence: the schema is that of one event.
 * @param data what an event carries; a text if it is not declared
 */
export function eventContent(
  mediaTypes: readonly string[] = [],
  data: SchemaObject | ReferenceObject = { type: 'string' },
): ContentObject {
  const schema: SchemaObject = {
    type: 'object',
    description: 'One event of the stream',
    required: ['data'],
    properties: {
      data,
      event: {
        type: 'string',
        description: 'Name of the event; `error` when the inference has failed, as the last one',
      },
      id: { type: 'string' },
      retry: { type: 'integer', description: 'Milliseconds before a client reconnects' },
    },
  };
  return Object.fromEntries(mediaTypes.map((mediaType) => [mediaType, { schema }]));
}
