import { describe, expect, it } from 'vitest';
import { unclip } from './unclip.js';

describe('when a shrunken box is restored', () => {
  it('should grow by area times ratio over perimeter on every side', () => {
    const box = unclip({ x: 50, y: 50, width: 30, height: 10 }, 1.6, 200, 200);
    expect(box).toEqual({ x: 44, y: 44, width: 42, height: 22 });
  });

  it('should not leave the page', () => {
    expect(unclip({ x: 2, y: 1, width: 30, height: 10 }, 1.6, 35, 14)).toEqual({ x: 0, y: 0, width: 35, height: 14 });
  });
});
