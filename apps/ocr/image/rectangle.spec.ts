import { describe, expect, it } from 'vitest';
import { growVertically, overlapX, overlapY, unite } from './rectangle.js';

const a = { x: 10, y: 10, width: 20, height: 10 };
const b = { x: 25, y: 40, width: 10, height: 10 };

describe('two rectangles', () => {
  it('should measure what they share along an axis, a gap as a negative length', () => {
    expect(overlapX(a, b)).toBe(5);
    expect(overlapY(a, b)).toBe(-20);
  });

  it('should unite to the smallest one around both', () => {
    expect(unite(a, b)).toEqual({ x: 10, y: 10, width: 25, height: 40 });
  });
});

describe('when a rectangle grows', () => {
  it('should grow above and below alike', () => {
    expect(growVertically(a, 4, 100)).toEqual({ x: 10, y: 6, width: 20, height: 18 });
  });

  it('should stop at the edges of the picture', () => {
    expect(growVertically(a, 15, 30)).toEqual({ x: 10, y: 0, width: 20, height: 30 });
  });
});
