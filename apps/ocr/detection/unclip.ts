import type { Rectangle } from '../image/rectangle.js';

/**
 * Undoes the shrinking that the detector was trained with: every side moves outwards by area × `ratio` / perimeter,
 * but not past the edge of a page of `width` by `height`.
 */
export function unclip(box: Rectangle, ratio: number, width: number, height: number): Rectangle {
  const distance = (box.width * box.height * ratio) / (2 * (box.width + box.height));
  const left = Math.max(0, box.x - distance);
  const top = Math.max(0, box.y - distance);
  const right = Math.min(width, box.x + box.width + distance);
  const bottom = Math.min(height, box.y + box.height + distance);
  return { x: left, y: top, width: right - left, height: bottom - top };
}
