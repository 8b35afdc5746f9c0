import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { encodePng } from './encode-png.js';

describe('when a picture is encoded', () => {
  it('should be a PNG of its pixels, what is beyond the range at its edge', async () => {
    const planes = { red: [-1, 0, 1, 1.5], green: [-2, 1, 0, -1], blue: [1, 1, -1, 0] };
    const data = Float32Array.from([...planes.red, ...planes.green, ...planes.blue]);
    const png = await encodePng({ dtype: 'float32', shape: [3, 2, 2], data });
    const { data: pixels, info } = await sharp(png).raw().toBuffer({ resolveWithObject: true });
    expect(info).toMatchObject({ width: 2, height: 2, channels: 3 });
    expect([...pixels]).toEqual([0, 0, 255, 128, 255, 255, 255, 128, 0, 255, 0, 128]);
  });
});
