import { describe, expect, it } from 'vitest';
import type { Raster } from '../image/raster.js';
import { sizeRuns } from './size-runs.js';

/** Black blocks, one per word, that stand on a common baseline at 40 of 50 rows. */
function line(...words: [left: number, width: number, height: number][]): Raster {
  const data = new Uint8Array(200 * 50 * 3).fill(255);
  for (const [left, width, height] of words) {
    for (let y = 40 - height; y < 40; y++) data.fill(0, (y * 200 + left) * 3, (y * 200 + left + width) * 3);
  }
  return { width: 200, height: 50, data };
}

describe('when all words are of one size', () => {
  it('should be one part, though some have no ascenders', () => {
    expect(sizeRuns(line([10, 30, 20], [50, 30, 15], [90, 30, 20]))).toEqual([
      { x: 6, y: 16, width: 114 + 4, height: 28 },
    ]);
  });
});

describe('when a comma stands apart', () => {
  it('should go with the word before it', () => {
    expect(sizeRuns(line([10, 30, 20], [50, 4, 4], [70, 30, 20]))).toHaveLength(1);
  });
});

describe('when a word is larger than its neighbours', () => {
  it('should stand apart, each part with a margin around its ink', () => {
    const parts = sizeRuns(line([10, 30, 15], [50, 40, 36], [100, 30, 15], [140, 30, 15]));
    expect(parts).toEqual([
      { x: 7, y: 22, width: 36, height: 21 },
      { x: 44, y: 0, width: 52, height: 46 },
      { x: 97, y: 22, width: 76, height: 21 },
    ]);
  });
});

describe('when nothing is written', () => {
  it('should have no part', () => {
    expect(sizeRuns(line())).toEqual([]);
  });
});
