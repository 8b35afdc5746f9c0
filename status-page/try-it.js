import { showAnswer } from './answer.js';
import { element, write } from './element.js';
import { Fields } from './fields.js';
import { operationsOf } from './open-api.js';

/** Makes a form for each operation of the OpenAPI document; without a document there are none. */
export async function showForms(section, place, title) {
  const response = await fetch('openapi/metadata.json').catch(() => undefined);
  if (!response?.ok) return;
  const specification = await response.json();
  write(title, specification.info.title);
  document.title = `${specification.info.title}: status`;
  const operations = operationsOf(specification);
  section.hidden = operations.length === 0;
  place.replaceChildren(...operations.map((operation, index) => formOf(operation, specification, index === 0)));
}

function formOf(operation, specification, open) {
  const { method, path, summary } = operation;
  const title = element('h3', {}, element('code', {}, `${method} ${path}`));
  const head = element('summary', {}, title, summary ? element('span', { class: 'hint' }, ` ${summary}`) : undefined);
  const fields = new Fields(operation, specification);
  const answer = element('div', { class: 'answer', role: 'region', 'aria-label': `Answer of ${method} ${path}` });
  answer.hidden = true;
  const send = element('button', {}, 'Send');
  const cancel = element('button', { type: 'button', class: 'second', hidden: true }, 'Cancel');
  const form = element('form', { 'aria-label': `${method} ${path}` }, fields.node);
  form.append(element('div', { class: 'buttons' }, send, cancel));
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void submit({ operation, fields, answer, cancel });
  });
  return element('details', { open }, head, form, answer);
}

async function submit({ operation, fields, answer, cancel }) {
  // One at a time: a second click gives up the first request.
  cancel.click();
  const abort = new AbortController();
  const stop = () => abort.abort();
  cancel.addEventListener('click', stop);
  cancel.hidden = false;
  try {
    const { url, files, ...init } = fields.request();
    await showAnswer(answer, { url, files, init: { ...init, method: operation.method, signal: abort.signal } });
  } finally {
    const wasFocused = document.activeElement === cancel;
    cancel.removeEventListener('click', stop);
    cancel.hidden = true;
    if (wasFocused) cancel.previousElementSibling.focus();
  }
}
