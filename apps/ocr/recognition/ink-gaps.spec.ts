import { describe, expect, it } from 'vitest';
import { inkGaps } from './ink-gaps.js';

const profile = (columns: string): Uint8Array => Uint8Array.from(columns, Number);

describe('when letters are apart', () => {
  it('should give each pair its blank', () => {
    expect(inkGaps(profile('0111011100001110'), [2, 6, 13])).toEqual([1, 4]);
  });

  it('should give a pair the widest blank when a letter has one inside', () => {
    expect(inkGaps(profile('110100011'), [1, 7])).toEqual([3]);
  });

  it('should give a blank to the pair that it mostly lies between', () => {
    expect(inkGaps(profile('11000011'), [0, 3, 7])).toEqual([0, 4]);
  });
});

describe('when letters touch', () => {
  it('should give zero', () => {
    expect(inkGaps(profile('0111111110'), [2, 6])).toEqual([0]);
  });
});

describe('when there are no pairs', () => {
  it('should give an empty list', () => {
    expect(inkGaps(profile('0110'), [2])).toEqual([]);
    expect(inkGaps(profile(''), [])).toEqual([]);
  });
});
