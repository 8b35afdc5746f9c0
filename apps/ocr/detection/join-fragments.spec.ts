import { describe, expect, it } from 'vitest';
import { joinFragments } from './join-fragments.js';

const box = (x: number, y: number, width: number, height = 20) => ({ x, y, width, height });

describe('when a line is torn at word gaps', () => {
  it('should be one box again, in whatever order the pieces come', () => {
    expect(joinFragments([box(134, 12, 50), box(0, 10, 60), box(72, 11, 50)])).toEqual([
      { x: 0, y: 10, width: 184, height: 22 },
    ]);
  });
});

describe('when boxes are not of one line', () => {
  it.each([
    ['of two columns', box(0, 10, 60), box(80, 10, 60)],
    ['of two rows', box(0, 10, 60), box(50, 28, 60)],
    ['of a headline and a footnote', box(0, 10, 60, 60), box(62, 30, 60)],
  ])('should stay apart: %s', (_, left, right) => {
    expect(joinFragments([left, right])).toHaveLength(2);
  });
});
