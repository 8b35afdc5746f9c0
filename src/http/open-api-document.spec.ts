import type { OpenAPIObject, OperationObject } from '@nestjs/swagger';
import { describe, expect, it } from 'vitest';
import { completeDocument } from './open-api-document.js';
import { COMPONENTS_EXTENSION } from './open-api-extension.js';

const pipeline = (operationId: string, components = {}): OperationObject =>
  ({ operationId, responses: {}, [COMPONENTS_EXTENSION]: components }) as OperationObject;

function complete(operations: Record<string, OperationObject>): OpenAPIObject {
  const paths = Object.fromEntries(Object.entries(operations).map(([path, post]) => [path, { post }]));
  const schemas = { Dto: { type: 'object' } };
  return completeDocument({ openapi: '3.0.0', info: { title: 'T', version: '1' }, paths, components: { schemas } });
}

const idsOf = ({ paths }: OpenAPIObject): unknown[] => Object.values(paths).map(({ post }) => post?.operationId);

describe('when the document is completed', () => {
  it('should number ids that several paths share', () => {
    expect(idsOf(complete({ '/a': pipeline('x'), '/b': pipeline('x'), '/c': pipeline('x') }))).toEqual([
      'x',
      'x_2',
      'x_3',
    ]);
  });

  it('should leave the ids of controllers to them', () => {
    const controller = { operationId: 'x', responses: {} };
    expect(idsOf(complete({ '/a': pipeline('x'), '/b': controller }))).toEqual(['x_2', 'x']);
  });

  it('should move components from the operation to the document', () => {
    const document = complete({ '/a': pipeline('x', { 'A.input': { type: 'string' } }) });
    expect(document.components?.schemas).toEqual({ Dto: { type: 'object' }, 'A.input': { type: 'string' } });
    expect(document.paths['/a']?.post).not.toHaveProperty(COMPONENTS_EXTENSION);
  });

  it('should declare the parameters of a path', () => {
    const document = complete({ '/{model}/{version}/infer': pipeline('x') });
    expect(document.paths['/{model}/{version}/infer']?.post?.parameters).toEqual([
      { name: 'model', in: 'path', required: true, schema: { type: 'string' } },
      { name: 'version', in: 'path', required: true, schema: { type: 'string' } },
    ]);
  });

  it('should keep a declared parameter', () => {
    const declared = { name: 'model', in: 'path' as const, required: true, description: 'Which one' };
    const document = complete({ '/{model}': { ...pipeline('x'), parameters: [declared] } });
    expect(document.paths['/{model}']?.post?.parameters).toEqual([declared]);
  });
});
