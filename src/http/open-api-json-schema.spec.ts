import { describe, expect, it } from 'vitest';
import { jsonSchemaComponents } from './open-api-json-schema.js';

const convert = (json: Record<string, unknown>): unknown => jsonSchemaComponents(json, 'A.input')['A.input'];

describe('when a JSON Schema is put into an OpenAPI 3.0 document', () => {
  it('should keep what both know', () => {
    const json = {
      type: 'object',
      title: 'Box',
      properties: { size: { type: 'integer', minimum: 1, maximum: 9 } },
      required: ['size'],
      additionalProperties: false,
    };
    expect(convert(json)).toEqual(json);
  });

  it('should drop what 3.0 has no word for', () => {
    expect(convert({ $schema: 'x', $id: 'y', type: 'object', patternProperties: {}, if: {} })).toEqual({
      type: 'object',
    });
  });

  it('should not take the names of properties for keywords', () => {
    const properties = { const: { type: 'string' }, $defs: { type: 'number' }, $ref: { type: 'boolean' } };
    expect(convert({ type: 'object', properties })).toEqual({ type: 'object', properties });
  });

  it.each([
    [{ type: ['string', 'null'] }, { type: 'string', nullable: true }],
    [{ type: ['string', 'number'] }, { anyOf: [{ type: 'string' }, { type: 'number' }] }],
    [{ anyOf: [{ type: 'string' }, { type: 'null' }] }, { type: 'string', nullable: true }],
    [
      { anyOf: [{ type: 'string' }, { type: 'number' }, { type: 'null' }] },
      { anyOf: [{ type: 'string' }, { type: 'number' }], nullable: true },
    ],
    [{ anyOf: [{ type: 'string' }, { type: 'number' }] }, { anyOf: [{ type: 'string' }, { type: 'number' }] }],
    [{ type: 'null' }, { nullable: true, enum: [null] }],
    [{ const: 'a' }, { enum: ['a'] }],
    [
      { type: 'string', examples: ['a', 'b'] },
      { type: 'string', example: 'a' },
    ],
    [
      { type: 'number', exclusiveMinimum: 0 },
      { type: 'number', minimum: 0, exclusiveMinimum: true },
    ],
    [{ type: 'array' }, { type: 'array', items: {} }],
    [
      { type: 'array', items: [{ type: 'string' }] },
      { type: 'array', items: {} },
    ],
    [
      { type: 'array', prefixItems: [{ type: 'string' }] },
      { type: 'array', items: {} },
    ],
    [
      { type: 'object', additionalProperties: { const: 1 } },
      { type: 'object', additionalProperties: { enum: [1] } },
    ],
    [{ allOf: [true, { const: 1 }] }, { allOf: [{}, { enum: [1] }] }],
  ])('should write %j as %j', (json, expected) => {
    expect(convert(json)).toEqual(expected);
  });

  it.each(['$defs', 'definitions'])('should make components of %s, named after the schema', (key) => {
    const json = { type: 'array', items: { $ref: `#/${key}/a b` }, [key]: { 'a b': { type: 'string' } } };
    expect(jsonSchemaComponents(json, 'A.input')).toEqual({
      'A.input': { type: 'array', items: { $ref: '#/components/schemas/A.input.a_b' } },
      'A.input.a_b': { type: 'string' },
    });
  });

  it('should refer to the component where the schema refers to itself', () => {
    const json = { type: 'object', properties: { child: { $ref: '#' } } };
    expect(convert(json)).toHaveProperty('properties.child', { $ref: '#/components/schemas/A.input' });
  });
});
