import { element } from './element.js';
import { exampleOf, exampleOfContent, resolve } from './open-api.js';

const JSON_TYPE = /[/+]json$/;
const FORM_TYPE = 'multipart/form-data';

/** The field, or fields, of a body in one media type, and how they are read. */
export function bodyFor(type, media, specification) {
  if (type === FORM_TYPE) return formBody(type, media, specification);
  if (JSON_TYPE.test(type)) {
    return textBody(type, 'Body (JSON)', JSON.stringify(exampleOfContent(media, specification), undefined, 2));
  }
  if (type.startsWith('text/')) return textBody(type, 'Body (text)', String(exampleOfContent(media, specification)));
  return fileBody(type);
}

function textBody(type, label, preset) {
  const area = element('textarea', { spellcheck: 'false', rows: preset.split('\n').length + 1 });
  area.value = preset;
  return {
    type,
    node: fieldset(element('label', {}, label, area)),
    read: () => ({ type, body: area.value, files: [] }),
  };
}

function fileBody(type) {
  const accept = type.startsWith('image/') ? type : undefined;
  const input = element('input', { type: 'file', required: true, accept });
  const read = () => ({ type, body: input.files[0], files: [...input.files] });
  return { type, node: fieldset(element('label', {}, `File (${type})`, input)), read };
}

/** The browser writes the media type itself, with the boundary. */
function formBody(type, { schema }, specification) {
  const { properties = {}, required = [] } = resolve(schema, specification) ?? {};
  const inputs = Object.entries(properties).map(([name, part]) => partInput(name, part, required, specification));
  const read = () => {
    const body = new FormData();
    for (const { name, input } of inputs) {
      if (input.type !== 'file') body.append(name, input.value);
      for (const file of input.files ?? []) body.append(name, file);
    }
    return { body, files: inputs.flatMap(({ input }) => [...(input.files ?? [])]) };
  };
  return { type, node: fieldset(...inputs.map(({ node }) => node)), read };
}

function partInput(name, schema, required, specification) {
  const part = resolve(schema, specification);
  const isList = part.type === 'array';
  const isFile = (isList ? resolve(part.items, specification) : part).format === 'binary';
  const needed = { required: required.includes(name) };
  if (isFile) {
    const input = element('input', { type: 'file', multiple: isList, ...needed });
    return { name, input, node: element('label', {}, name, input) };
  }
  const example = exampleOf(part, specification);
  const preset = typeof example === 'object' ? JSON.stringify(example) : example;
  const input = element('input', { value: preset, ...needed });
  return { name, input, node: element('label', {}, name, input) };
}

/** It is disabled while it is hidden, so that nobody has to fill it in. */
function fieldset(...fields) {
  return element('fieldset', { class: 'body' }, element('legend', { class: 'unseen' }, 'Body'), ...fields);
}
