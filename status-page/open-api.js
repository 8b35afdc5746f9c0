const METHODS = ['get', 'post', 'put', 'patch', 'delete'];
/** How deep an example goes into a schema that may hold itself. */
const DEEPEST = 6;

/** Every operation of the document, with what a form needs of it. */
export function operationsOf(document) {
  return Object.entries(document.paths ?? {}).flatMap(([path, item]) =>
    METHODS.filter((method) => item[method]).map((method) => {
      const operation = item[method];
      const own = [...(item.parameters ?? []), ...(operation.parameters ?? [])].map((one) => resolve(one, document));
      return {
        path,
        method: method.toUpperCase(),
        summary: operation.summary,
        parameters: [...own.filter(({ in: where }) => where !== 'cookie'), ...keysOf(operation, document)],
        content: resolve(operation.requestBody, document)?.content ?? {},
        answers: Object.keys(resolve(operation.responses?.['200'], document)?.content ?? {}),
      };
    }),
  );
}

/** What the schema's author gives as example, or else the simplest value that it allows. */
export function exampleOf(schema, document, depth = 0) {
  const { example, examples, default: preset, const: only, enum: known, ...rest } = resolve(schema, document) ?? {};
  const given = [example, Array.isArray(examples) ? examples[0] : undefined, preset, only, known?.[0]];
  const found = given.find((value) => value !== undefined);
  if (found !== undefined) return found;
  const [part] = rest.oneOf ?? rest.anyOf ?? [];
  if (part) return exampleOf(part, document, depth + 1);
  return simplest(rest, document, depth);
}

/** The media type's own example first. */
export function exampleOfContent({ example, examples, schema } = {}, document) {
  const [named] = Object.values(examples ?? {});
  return example ?? resolve(named, document)?.value ?? exampleOf(schema, document);
}

export function resolve(described, document) {
  if (!described?.$ref) return described;
  const path = described.$ref.replace(/^#\//, '').split('/');
  const found = path.reduce((node, key) => node?.[key.replaceAll('~1', '/').replaceAll('~0', '~')], document);
  return resolve(found, document);
}

function simplest({ type, properties, items, allOf, minimum = 0, minItems = 1, format }, document, depth) {
  if (depth > DEEPEST) return null;
  const kind = Array.isArray(type) ? type[0] : type;
  if (allOf) return Object.assign({}, ...allOf.map((part) => exampleOf(part, document, depth + 1)));
  if (properties || kind === 'object') {
    const entries = Object.entries(properties ?? {});
    return Object.fromEntries(entries.map(([name, part]) => [name, exampleOf(part, document, depth + 1)]));
  }
  if (kind === 'array') {
    const item = exampleOf(items, document, depth + 1);
    return Array.from({ length: Math.min(Math.max(minItems, 1), 8) }, () => item);
  }
  if (kind === 'number' || kind === 'integer') return minimum;
  if (kind === 'boolean') return false;
  if (kind === 'string') return format === 'date-time' ? new Date(0).toISOString() : 'text';
  return kind === undefined ? {} : null;
}

/** What a guard asks for, as headers to be filled in. */
function keysOf({ security }, document) {
  const names = (security ?? document.security ?? []).flatMap((one) => Object.keys(one));
  const schemes = names.map((name) => resolve(document.components?.securitySchemes?.[name], document));
  return schemes.flatMap((scheme) => {
    if (scheme?.type === 'apiKey' && scheme.in !== 'cookie') return [{ name: scheme.name, in: scheme.in }];
    return scheme?.type === 'http' ? [{ name: 'Authorization', in: 'header', description: scheme.scheme }] : [];
  });
}
