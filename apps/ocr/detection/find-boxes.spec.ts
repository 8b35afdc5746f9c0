import { describe, expect, it } from 'vitest';
import { findBoxes } from './find-boxes.js';

const shown = { width: 64, height: 32 };
const page = { width: 128, height: 64 };

function mapWith(left: number, top: number, width: number, height: number, probability: number) {
  const data = new Float32Array(64 * 32);
  for (let y = top; y < top + height; y++) data.fill(probability, y * 64 + left, y * 64 + left + width);
  return { width: 64, height: 32, data };
}

describe('when the map shows a line', () => {
  it('should give its box in pixels of the page', () => {
    expect(findBoxes(mapWith(20, 10, 20, 5, 0.9), shown, page)).toEqual([{ x: 33, y: 13, width: 54, height: 24 }]);
  });
});

describe('when the map shows something else', () => {
  it.each([
    ['dust', mapWith(20, 10, 20, 2, 0.9)],
    ['a faint texture', mapWith(20, 10, 20, 5, 0.4)],
    ['nothing', mapWith(0, 0, 0, 0, 0)],
  ])('should ignore %s', (_, map) => {
    expect(findBoxes(map, shown, page)).toEqual([]);
  });

  it('should ignore what lies in the padding', () => {
    expect(findBoxes(mapWith(50, 10, 10, 5, 0.9), { width: 48, height: 32 }, page)).toEqual([]);
  });
});
