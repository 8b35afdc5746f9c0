import { describe, expect, it } from 'vitest';
import { bestMask } from './best-mask.js';
import { enlargeMask } from './enlarge-mask.js';

describe('when the model proposes several masks', () => {
  it('should take the one with the highest score', () => {
    const masks = { dtype: 'float32' as const, shape: [1, 1, 3, 1, 1], data: Float32Array.of(1, 2, 3) };
    const scores = { dtype: 'float32' as const, shape: [1, 1, 3], data: Float32Array.of(0.25, 0.75, 0.5) };
    expect(bestMask(masks, scores)).toEqual({ side: 1, logits: Float32Array.of(2), score: 0.75 });
  });
});

describe('when a mask is enlarged', () => {
  // The left half of a square is the thing.
  const half = { side: 4, score: 1, logits: Float32Array.from({ length: 16 }, (_, i) => (i % 4 < 2 ? 1 : -1)) };
  const rowsOf = (mask: Uint8Array, width: number) =>
    Array.from({ length: mask.length / width }, (_, y) => mask.subarray(y * width, (y + 1) * width).join(''));

  it('should have the size of the picture, its edge between the same pixels', () => {
    expect(rowsOf(enlargeMask(half, { width: 8, height: 8 }), 8)).toEqual(new Array(8).fill('11110000'));
  });

  it('should leave out what lies beside a picture that is no square', () => {
    // As wide as the square, and half as high.
    expect(rowsOf(enlargeMask(half, { width: 12, height: 6 }), 12)).toEqual(new Array(6).fill('111111000000'));
    // As high as the square: all of its width lies in the left half.
    expect(rowsOf(enlargeMask(half, { width: 4, height: 8 }), 4)).toEqual(new Array(8).fill('1111'));
  });

  it('should be smooth between coarse pixels', () => {
    // Above 0 where (1 - x) (1 - y) exceeds a quarter, x and y from the middle of the first pixel to that of the second.
    const corner = { side: 2, score: 1, logits: Float32Array.of(3, -1, -1, -1) };
    expect(rowsOf(enlargeMask(corner, { width: 8, height: 8 }), 8)).toEqual([
      '11111000',
      '11111000',
      '11111000',
      '11110000',
      '11100000',
      '00000000',
      '00000000',
      '00000000',
    ]);
  });
});
