import { describe, expect, it } from 'vitest';
import { lineTensor, lineView } from './line-view.js';

const picture = { width: 300, height: 30, data: new Uint8Array(300 * 30 * 3).fill(255) };

describe('when a line is prepared for the recogniser', () => {
  it('should be 48 high, in proportion, and whole steps wide', async () => {
    expect(await lineView(picture, { x: 0, y: 3, width: 300, height: 24 }, 1)).toMatchObject({
      width: 600,
      height: 48,
    });
    expect(await lineView(picture, { x: 0, y: 0, width: 300, height: 30 }, 0.85)).toMatchObject({
      width: 408,
      height: 48,
    });
  });

  it('should never be narrower than the recogniser accepts', async () => {
    expect((await lineView(picture, { x: 0, y: 0, width: 1, height: 30 }, 1)).width).toBe(32);
  });

  it('should become planes from -1 to 1', () => {
    const tensor = lineTensor({ width: 2, height: 1, data: new Uint8Array([0, 255, 0, 255, 255, 0]) });
    expect([...tensor]).toEqual([-1, 1, 1, 1, -1, -1]);
  });
});
