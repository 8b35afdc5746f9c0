import { describe, expect, it } from 'vitest';
import { eventContent } from './open-api-events.js';

describe('when streams are documented', () => {
  it('should be the schema of one event in every media type, with the declared data', () => {
    const data = { $ref: '#/components/schemas/Chunk' };
    const content = eventContent(['text/event-stream', 'application/x-ndjson'], data);
    expect(Object.keys(content)).toEqual(['text/event-stream', 'application/x-ndjson']);
    expect(content['text/event-stream']).toMatchObject({
      schema: {
        type: 'object',
        required: ['data'],
        properties: { data, event: {}, id: {}, retry: { type: 'integer' } },
      },
    });
    expect(content['application/x-ndjson']).toEqual(content['text/event-stream']);
  });

  it('should carry a text where nothing is declared', () => {
    expect(eventContent(['text/event-stream'])).toMatchObject({
      'text/event-stream': { schema: { properties: { data: { type: 'string' } } } },
    });
    expect(eventContent()).toEqual({});
  });
});
