import { drawing } from './element.js';

/** Seconds that a line shows. */
const KEPT = 60;
const HEIGHT = 20;
/** The line is thick and is not to be cut at the edges. */
const MARGIN = 1.5;

/** The last minute of one figure, drawn. The figure itself stands beside it in words. */
export class Sparkline {
  #values = [];
  #path = drawing('path', { class: 'line' });

  constructor() {
    const viewBox = `0 0 ${KEPT - 1} ${HEIGHT}`;
    const shape = { class: 'sparkline', viewBox, preserveAspectRatio: 'none', 'aria-hidden': 'true' };
    this.node = drawing('svg', shape, this.#path);
  }

  /** @param value null where there is none, which leaves a gap */
  add(value) {
    this.#values.push(value);
    if (this.#values.length > KEPT) this.#values.shift();
    this.#path.setAttribute('d', pathOf(this.#values));
  }
}

/** The newest at the right end; the highest at the top. */
export function pathOf(values) {
  const highest = Math.max(...values.map((value) => value ?? 0)) || 1;
  const first = KEPT - values.length;
  let isDown = false;
  return values
    .map((value, index) => {
      const command = isDown ? 'L' : 'M';
      isDown = value !== null;
      if (!isDown) return '';
      const y = HEIGHT - MARGIN - (value / highest) * (HEIGHT - 2 * MARGIN);
      // A single value is a dot, which needs some length.
      const dot = command === 'M' && (values[index + 1] ?? null) === null ? 'h0.5' : '';
      return `${command}${first + index} ${y.toFixed(2)}${dot}`;
    })
    .join('');
}
