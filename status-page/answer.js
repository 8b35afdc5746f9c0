import { element, write } from './element.js';
import { isStream, showEvents } from './events.js';
import { milliseconds } from './format.js';
import { findBoxes, pictureWithBoxes } from './boxes.js';

const SHOWN_HEADERS = /^(content-type|content-length|x-request-id|x-mosec-.*|server-timing|retry-after|allow)$/;
/** Characters of a text; a browser lays out no megabytes in a moment. */
const LONGEST_TEXT = 200_000;

/** Sends a request and shows what comes back. */
export async function showAnswer(place, { url, files, init }) {
  const verdict = element('p', { class: 'verdict', role: 'status' });
  const body = element('div');
  place.replaceChildren(verdict, body);
  place.hidden = false;
  write(verdict, 'Waiting for the answer');
  const startedAt = performance.now();
  const elapsed = () => milliseconds(Math.round(performance.now() - startedAt));
  try {
    const response = await fetch(url, init);
    verdict.classList.add(response.ok ? 'good' : 'bad');
    const said = `${response.status} ${response.statusText}`.trim();
    verdict.after(headersOf(response));
    const count = await showBody(body, response, files, () => write(verdict, `${said}, streaming`));
    write(verdict, `${said} after ${elapsed()}${count === undefined ? '' : `, ${count} lines`}`);
  } catch (error) {
    verdict.classList.add('bad');
    const reason = error.name === 'AbortError' ? 'Cancelled' : `No answer: ${error.message}`;
    write(verdict, `${reason} after ${elapsed()}`);
  }
}

function headersOf({ headers }) {
  const shown = [...headers].filter(([name]) => SHOWN_HEADERS.test(name));
  const rows = shown.flatMap(([name, value]) => [element('dt', {}, name), element('dd', {}, value)]);
  return element('dl', { class: 'headers' }, ...rows);
}

/** @returns how many lines a stream had; undefined where the answer is none */
async function showBody(place, response, files, streaming) {
  const type = response.headers.get('content-type') ?? '';
  if (isStream(type)) {
    streaming();
    return showEvents(place, response.body);
  }
  if (/[/+]json\b/.test(type)) await showJson(place, await response.text(), files);
  else if (type.startsWith('image/')) showImage(place, await response.blob());
  else if (type.startsWith('text/')) showText(place, await response.text());
  else showDownload(place, await response.blob());
  return undefined;
}

async function showJson(place, text, files) {
  const value = parse(text);
  showText(place, value === undefined ? text : JSON.stringify(value, undefined, 2));
  const found = findBoxes(value);
  const [file] = files;
  const picture = found && file && (await pictureWithBoxes(file, found));
  if (picture) place.prepend(picture);
}

function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function showText(place, text) {
  if (text === '') return;
  const left = text.length - LONGEST_TEXT;
  const shown = left > 0 ? `${text.slice(0, LONGEST_TEXT)}\n… ${left} more characters` : text;
  place.append(element('pre', { tabindex: 0, role: 'group', 'aria-label': 'Body of the answer' }, shown));
}

function showImage(place, blob) {
  const src = URL.createObjectURL(blob);
  const image = element('img', { class: 'picture', src, alt: 'The picture of the answer' });
  image.addEventListener('load', () => URL.revokeObjectURL(src));
  place.append(image);
}

function showDownload(place, blob) {
  const link = element('a', { href: URL.createObjectURL(blob), download: 'answer' }, `Save ${blob.size} bytes`);
  place.append(element('p', {}, link));
}
