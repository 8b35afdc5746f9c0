import { describe, expect, it } from 'vitest';
import { detectionSize, detectionTensor, paddedSize } from './detection-input.js';

describe('when a page is small', () => {
  it('should be shown as it is', () => {
    expect(detectionSize({ width: 640, height: 480 })).toEqual({ width: 640, height: 480 });
  });
});

describe('when a page is large', () => {
  it('should be scaled down to two million pixels in proportion', () => {
    expect(detectionSize({ width: 4000, height: 2000 })).toEqual({ width: 2000, height: 1000 });
  });

  it('should keep at least one pixel of a thread', () => {
    expect(detectionSize({ width: 40_000_000, height: 1 }).height).toBe(1);
  });
});

describe('when sides are no multiples of 32', () => {
  it('should be padded to the next ones', () => {
    expect(paddedSize({ width: 33, height: 32 })).toEqual({ width: 64, height: 32 });
  });
});

describe('the tensor of a picture', () => {
  it('should hold normalised planes with the edge repeated', () => {
    const picture = { width: 1, height: 1, data: new Uint8Array([255, 0, 0]) };
    const tensor = detectionTensor(picture, { width: 2, height: 2 });
    expect([...tensor.subarray(0, 4)]).toEqual(new Array(4).fill(expect.closeTo((1 - 0.485) / 0.229)));
    expect([...tensor.subarray(4, 8)]).toEqual(new Array(4).fill(expect.closeTo(-0.456 / 0.224)));
    expect(tensor).toHaveLength(12);
  });
});
