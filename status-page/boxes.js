import { drawing, element } from './element.js';
import { counted } from './format.js';

/**
 * The first list in an answer whose items have a `box` in pixels, with the size of the picture where the answer tells it.
 * @returns `{ items, width, height }`, or undefined
 */
export function findBoxes(value) {
  if (typeof value !== 'object' || value === null) return undefined;
  const inside = Object.values(value);
  const items = inside.find((list) => Array.isArray(list) && list.length > 0 && list.every(hasBox));
  if (items) return { items, width: positive(value.width), height: positive(value.height) };
  for (const part of inside) {
    const found = findBoxes(part);
    if (found) return found;
  }
  return undefined;
}

const hasBox = (item) => ['x', 'y', 'width', 'height'].every((side) => Number.isFinite(item?.box?.[side]));

const positive = (value) => (Number.isFinite(value) && value > 0 ? value : undefined);

/** @returns undefined where the file is no picture that the browser can show */
export async function pictureWithBoxes(file, { items, width, height }) {
  const href = URL.createObjectURL(file);
  const image = new Image();
  image.src = href;
  const isPicture = await image.decode().then(
    () => true,
    () => false,
  );
  if (!isPicture) {
    URL.revokeObjectURL(href);
    return undefined;
  }
  const [across, down] = [width ?? image.naturalWidth, height ?? image.naturalHeight];
  const label = `The uploaded picture with ${counted(items.length, 'frame')}`;
  const frame = { class: 'found', viewBox: `0 0 ${across} ${down}`, role: 'img', 'aria-label': label };
  const picture = drawing('image', { href, width: across, height: down, preserveAspectRatio: 'none' });
  picture.addEventListener('load', () => URL.revokeObjectURL(href));
  const shapes = items.map(boxShape);
  const rows = items.map((item, index) => textRow(item, shapes[index]));
  const list = element('ol', { class: 'texts', tabindex: 0, 'aria-label': 'What was found' }, ...rows);
  return element('figure', {}, drawing('svg', frame, picture, ...shapes), list);
}

function boxShape(item) {
  const { x, y, width, height } = item.box;
  return drawing('rect', { x, y, width, height }, drawing('title', {}, nameOf(item)));
}

function textRow(item, shape) {
  const row = element('li', {}, nameOf(item));
  row.addEventListener('pointerenter', () => shape.classList.add('chosen'));
  row.addEventListener('pointerleave', () => shape.classList.remove('chosen'));
  return row;
}

/** What a detector or a reader calls its find, with how sure it is. */
function nameOf({ text, label, name, class: kind, confidence, score, ...rest }) {
  const found = [text, label, name, kind].find((one) => typeof one === 'string') ?? JSON.stringify(rest.box);
  const sure = [confidence, score].find((one) => typeof one === 'number');
  // Rounded down: only what is certain is 100 %.
  return sure === undefined ? found : `${found} (${Math.floor(sure * 1000) / 10} %)`;
}
