type Json = Record<string, unknown>;

const STATUS = /^([1-5]\d\d|default)$/;
const TYPES = ['string', 'number', 'integer', 'boolean', 'array', 'object'];
const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'];

/** What is wrong with a document by the rules of OpenAPI 3.0, one sentence each; none if it is valid. */
export function openApiProblems(document: Json): string[] {
  const problems: string[] = [];
  const info = (document['info'] ?? {}) as Json;
  if (!/^3\.0\.\d$/.test(String(document['openapi']))) problems.push('the version is not 3.0');
  if (typeof info['title'] !== 'string' || typeof info['version'] !== 'string') problems.push('info is incomplete');
  problems.push(...pathProblems((document['paths'] ?? {}) as Record<string, Json>));
  const components = (document['components'] ?? {}) as Json;
  for (const group of Object.values(components) as Json[]) {
    for (const name of Object.keys(group)) if (!/^[\w.-]+$/.test(name)) problems.push(`component name ${name}`);
  }
  for (const [name, schema] of Object.entries((components['schemas'] ?? {}) as Json)) {
    problems.push(...schemaProblems(schema, name));
  }
  return [...problems, ...danglingReferences(document)];
}

function pathProblems(paths: Record<string, Json>): string[] {
  const operations = Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({ path, method, operation: operation as Json })),
  );
  const ids = operations.map(({ operation }) => operation['operationId']);
  return [
    ...operations.filter(({ method }) => !METHODS.includes(method)).map(({ method }) => `unknown method ${method}`),
    ...ids.filter((id, i) => ids.indexOf(id) !== i).map((id) => `operationId ${String(id)} is taken twice`),
    ...operations.flatMap(({ path, operation }) => operationProblems(path, operation)),
  ];
}

function operationProblems(path: string, operation: Json): string[] {
  const parameters = (operation['parameters'] ?? []) as Json[];
  const declared = parameters.filter((each) => each['in'] === 'path').map((each) => String(each['name']));
  const named = [...path.matchAll(/\{([^}]+)\}/g)].map(([, name]) => String(name));
  const responses = Object.entries((operation['responses'] ?? {}) as Record<string, Json>);
  const bodies = [operation['requestBody'] as Json | undefined, ...responses.map(([, response]) => response)];
  const problems = [
    ...(path.startsWith('/') ? [] : ['does not start with a slash']),
    ...(named.sort().join() === declared.sort().join() ? [] : [`path parameters are ${declared.join()}`]),
    ...parameters.filter((each) => each['in'] === 'path' && each['required'] !== true).map(() => 'optional in path'),
    ...parameters.flatMap((each) => schemaProblems(each['schema'], `parameter ${String(each['name'])}`)),
    ...(responses.length > 0 ? [] : ['no responses']),
    ...responses.filter(([status]) => !STATUS.test(status)).map(([status]) => `status ${status}`),
    ...responses.filter(([, each]) => typeof each['description'] !== 'string').map(([s]) => `${s} is not described`),
    ...Object.keys(operation)
      .filter((key) => key.startsWith('x-'))
      .map((key) => `stray ${key}`),
    ...bodies.flatMap((body) =>
      Object.entries((body?.['content'] ?? {}) as Record<string, Json>).flatMap(([type, { schema }]) => [
        ...(/^[\w.+-]+\/[\w.+-]+$/.test(type) ? [] : [`media type ${type}`]),
        ...schemaProblems(schema, type),
      ]),
    ),
  ];
  return problems.map((problem) => `${path}: ${problem}`);
}

function schemaProblems(value: unknown, where: string): string[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [`${where} is no schema`];
  const schema = value as Json;
  if ('$ref' in schema) return [];
  const { type, items, properties } = schema;
  const list = ['allOf', 'anyOf', 'oneOf'].flatMap((key) => (schema[key] ?? []) as unknown[]);
  return [
    ...(type === undefined || TYPES.includes(type as string) ? [] : [`${where} has type ${JSON.stringify(type)}`]),
    ...(type === 'array' && !items ? [`${where} has no items`] : []),
    ...['const', '$schema', '$defs', 'definitions', 'examples']
      .filter((key) => key in schema)
      .map((key) => `${where} has ${key}`),
    ...['exclusiveMinimum', 'exclusiveMaximum']
      .filter((key) => key in schema && typeof schema[key] !== 'boolean')
      .map((key) => `${where} has a number as ${key}`),
    ...list.flatMap((each) => schemaProblems(each, where)),
    ...(items ? schemaProblems(items, `${where}[]`) : []),
    ...Object.entries((properties ?? {}) as Json).flatMap(([key, each]) => schemaProblems(each, `${where}.${key}`)),
  ];
}

function danglingReferences(document: Json): string[] {
  const refs = [...JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g)].map(([, path]) => path as string);
  const leads = (path: string): boolean =>
    path.split('/').reduce<unknown>((at, key) => (at as Json | undefined)?.[key], document) !== undefined;
  return refs.filter((path) => !leads(path)).map((path) => `nothing at #/${path}`);
}
