import { bodyFor } from './body.js';
import { element } from './element.js';

/** The fields of one operation, and the request that they make. */
export class Fields {
  #parameters;
  #bodies;
  #type;
  #accept;

  constructor(operation, specification) {
    const { path, parameters, content, answers } = operation;
    this.path = path;
    this.#parameters = parameters.map((parameter) => ({ parameter, ...inputFor(parameter) }));
    this.#bodies = Object.entries(content).map(([type, media]) => bodyFor(type, media, specification));
    this.#type = choice('Media type', Object.keys(content));
    this.#accept = choice('Answer as', answers);
    const needed = this.#parameters.filter(({ parameter }) => isNeeded(parameter));
    const optional = this.#parameters.filter(({ parameter }) => !isNeeded(parameter));
    const more = optional.length > 0 ? moreFields(optional) : undefined;
    const bodies = this.#bodies.map(({ node }) => node);
    const rows = [...needed.map(({ node }) => node), this.#type.node, ...bodies, this.#accept.node, more];
    this.node = element('div', { class: 'fields' }, ...rows);
    this.#type.select?.addEventListener('change', () => this.#showBody());
    this.#showBody();
  }

  /** @throws Error naming a field that is not filled in as it has to be */
  request() {
    const headers = new Headers();
    const query = new URLSearchParams();
    let path = this.path;
    for (const { parameter, input } of this.#parameters) {
      const { name, in: where } = parameter;
      if (where === 'path') path = path.replace(`{${name}}`, encodeURIComponent(input.value));
      else if (input.value !== '' && where === 'query') query.append(name, input.value);
      else if (input.value !== '') headers.set(name, input.value);
    }
    if (this.#accept.select) headers.set('accept', this.#accept.value);
    const { body, files, type } = this.#body?.read() ?? { files: [] };
    if (type) headers.set('content-type', type);
    const asked = query.size > 0 ? `?${query}` : '';
    return { url: new URL(`.${path}${asked}`, new URL('.', document.baseURI)), headers, body, files };
  }

  get #body() {
    return this.#bodies.find(({ type }) => type === this.#type.value);
  }

  #showBody() {
    for (const body of this.#bodies) {
      body.node.hidden = body !== this.#body;
      body.node.disabled = body.node.hidden;
    }
  }
}

const isNeeded = ({ in: where, required }) => where === 'path' || Boolean(required);

function inputFor(parameter) {
  const { name, in: where, description, example, schema } = parameter;
  const preset = example ?? schema?.example ?? schema?.default;
  const input = element('input', { value: preset, required: isNeeded(parameter), autocomplete: 'off' });
  const hint = description ? element('small', {}, description) : undefined;
  return { input, node: element('label', {}, `${name} (${where})`, hint, input) };
}

function moreFields(fields) {
  const summary = element('summary', {}, 'More');
  return element('details', { class: 'more' }, summary, ...fields.map(({ node }) => node));
}

/** A choice of one is none. */
function choice(label, values) {
  if (values.length < 2) return { value: values[0] };
  const select = element('select', {}, ...values.map((value) => element('option', {}, value)));
  return {
    node: element('label', {}, label, select),
    select,
    get value() {
      return select.value;
    },
  };
}
