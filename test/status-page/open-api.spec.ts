import { describe, expect, it } from 'vitest';
import { pageModule } from './page-module.js';

interface OpenApi {
  exampleOf(schema: unknown, document: unknown): unknown;
  exampleOfContent(media: unknown, document: unknown): unknown;
  operationsOf(document: unknown): Record<string, unknown>[];
}

const { exampleOf, exampleOfContent, operationsOf } = await pageModule<OpenApi>('open-api.js');
const ref = (name: string): object => ({ $ref: `#/components/schemas/${name}` });
const document = {
  components: {
    schemas: {
      Point: { type: 'object', properties: { x: { type: 'number', minimum: 2 }, label: { type: 'string' } } },
      Tree: { type: 'object', properties: { child: ref('Tree') } },
      'a/b': { type: 'boolean' },
    },
    securitySchemes: { key: { type: 'apiKey', in: 'header', name: 'X-Api-Key' } },
  },
};

describe('when an example is made of a schema', () => {
  it.each([
    [{ type: 'object', properties: { text: { type: 'string', example: 'hello' } } }, { text: 'hello' }],
    [{ type: 'integer', default: 7 }, 7],
    [{ enum: ['cosine', 'dot'] }, 'cosine'],
    [{ const: 5 }, 5],
    [{ type: 'boolean', example: false }, false],
    [ref('Point'), { x: 2, label: 'text' }],
    [{ $ref: '#/components/schemas/a~1b' }, false],
    [{ type: 'array', items: ref('Point'), minItems: 2 }, Array(2).fill({ x: 2, label: 'text' })],
    [{ allOf: [ref('Point'), { properties: { y: { type: 'number' } } }] }, { x: 2, label: 'text', y: 0 }],
    [{ oneOf: [{ type: 'string' }, { type: 'number' }] }, 'text'],
    [{ type: ['string', 'null'] }, 'text'],
    [undefined, {}],
  ])('should make of %j: %j', (schema, example) => {
    expect(exampleOf(schema, document)).toEqual(example);
  });

  it('should come to an end where a schema holds itself', () => {
    expect(JSON.stringify(exampleOf(ref('Tree'), document))).toContain('null');
  });

  it('should prefer the example of the media type', () => {
    expect(exampleOfContent({ schema: ref('Point'), examples: { one: { value: 1 } } }, document)).toBe(1);
    expect(exampleOfContent({ schema: ref('Point') }, document)).toEqual({ x: 2, label: 'text' });
  });
});

describe('when the operations of a document are listed', () => {
  it('should give path, method, parameters, media types and keys', () => {
    const operation = {
      summary: 'Shout',
      parameters: [{ name: 'loud', in: 'query' }],
      security: [{ key: [] }],
      requestBody: { content: { 'text/plain': {} } },
      responses: { 200: { content: { 'application/json': {}, 'text/event-stream': {} } } },
    };
    const model = { name: 'model', in: 'path', required: true };
    const paths = { '/{model}/shout': { parameters: [model], post: operation } };
    expect(operationsOf({ ...document, paths })).toEqual([
      {
        path: '/{model}/shout',
        method: 'POST',
        summary: 'Shout',
        parameters: [model, { name: 'loud', in: 'query' }, { name: 'X-Api-Key', in: 'header' }],
        content: { 'text/plain': {} },
        answers: ['application/json', 'text/event-stream'],
      },
    ]);
  });
});
