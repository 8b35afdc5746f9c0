import type { OpenAPIObject, OperationObject, ParameterObject, PathItemObject } from '@nestjs/swagger';
import { COMPONENTS_EXTENSION } from './open-api-extension.js';
import type { ComponentSchemas } from './open-api-json-schema.js';

type PipelineOperation = OperationObject & { [COMPONENTS_EXTENSION]?: ComponentSchemas };

/** Finishes in place what decorators cannot say about pipeline operations. */
export function completeDocument(document: OpenAPIObject): OpenAPIObject {
  const operations = Object.entries(document.paths).flatMap(([path, item]) =>
    operationsOf(item).map((operation) => ({ path, operation })),
  );
  const pipelineOperations = operations.filter(({ operation }) => COMPONENTS_EXTENSION in operation);
  const taken = new Set(
    operations.filter((each) => !pipelineOperations.includes(each)).map(({ operation }) => operation.operationId),
  );
  for (const { path, operation } of pipelineOperations) {
    hoistComponents(document, operation);
    declarePathParameters(path, operation);
    operation.operationId = freeId(operation.operationId as string, taken);
    taken.add(operation.operationId);
  }
  return document;
}

const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'] as const;

function operationsOf(item: PathItemObject): PipelineOperation[] {
  return METHODS.map((method) => item[method]).filter((operation) => operation !== undefined);
}

function hoistComponents(document: OpenAPIObject, operation: PipelineOperation): void {
  document.components = {
    ...document.components,
    schemas: { ...document.components?.schemas, ...operation[COMPONENTS_EXTENSION] },
  };
  delete operation[COMPONENTS_EXTENSION];
}

/** The paths of one handler may have different parameters. */
function declarePathParameters(path: string, operation: OperationObject): void {
  const parameters = (operation.parameters ?? []) as ParameterObject[];
  const names = [...path.matchAll(/\{([^}]+)\}/g)].map(([, name]) => name as string);
  const missing = names.filter((name) => !parameters.some((each) => each.in === 'path' && each.name === name));
  operation.parameters = [
    ...missing.map((name): ParameterObject => ({ name, in: 'path', required: true, schema: { type: 'string' } })),
    ...parameters.filter((each) => each.in !== 'path' || names.includes(each.name)),
  ];
}

/** Several paths, or classes of one name in different files, would share an id. */
function freeId(id: string, taken: ReadonlySet<string | undefined>): string {
  let free = id;
  for (let count = 2; taken.has(free); count++) free = `${id}_${count}`;
  return free;
}
