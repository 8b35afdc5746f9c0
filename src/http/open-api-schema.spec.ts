import { describe, expect, it, vi } from 'vitest';
import type { Schema } from '../interfaces/schema.interface.js';
import { publishSchema, type PublishedSchema } from './open-api-schema.js';

class Dto {}

const standard = (more: object, own: object = {}): Schema =>
  ({ '~standard': { version: 1, vendor: 'test', validate: () => ({ value: 1 }), ...more }, ...own }) as Schema;
const publish = (schema?: Schema): PublishedSchema =>
  publishSchema(schema, 'input', 'A.input', (model) => `#/components/schemas/${model.name}`);
const published = {
  schema: { $ref: '#/components/schemas/A.input' },
  components: { 'A.input': { type: 'string' } },
};

describe('when the schema of a stage is published', () => {
  it.each([
    [Number, 'number'],
    [String, 'string'],
    [Boolean, 'boolean'],
  ] as const)('should write %o as a primitive', (schema, type) => {
    expect(publish(schema)).toEqual({ schema: { type } });
  });

  it('should refer to a class and leave its reading to Swagger', () => {
    expect(publish(Dto)).toEqual({ schema: { $ref: '#/components/schemas/Dto' }, model: Dto });
  });

  it('should say nothing where nothing is declared', () => {
    expect(publish(undefined)).toEqual({});
  });

  it('should ask a Standard Schema for its JSON Schema of that direction', () => {
    const input = vi.fn(() => ({ type: 'string' }));
    expect(publish(standard({ jsonSchema: { input, output: () => ({ type: 'number' }) } }))).toEqual(published);
    expect(input).toHaveBeenCalledExactlyOnceWith({ target: 'openapi-3.0' });
  });

  it('should ask for another draft where the library does not know the first', () => {
    const input = ({ target }: { target: string }): object => {
      if (target !== 'draft-2020-12') throw new Error(`unknown target ${target}`);
      return { type: 'string' };
    };
    expect(publish(standard({ jsonSchema: { input } }))).toEqual(published);
  });

  it('should call toJSONSchema on schemas that have only that', () => {
    const toJSONSchema = vi.fn(() => ({ type: 'string' }));
    expect(publish(standard({}, { toJSONSchema }))).toEqual(published);
    expect(toJSONSchema).toHaveBeenCalledExactlyOnceWith({ target: 'openapi-3.0', io: 'input' });
  });

  it('should be an object without properties where the schema has no JSON form', () => {
    const input = (): never => {
      throw new Error('a date cannot be represented');
    };
    expect(publish(standard({}))).toEqual({ schema: { type: 'object' } });
    expect(publish(standard({ jsonSchema: { input } }))).toEqual({ schema: { type: 'object' } });
  });
});
