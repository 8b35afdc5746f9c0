import { describe, expect, it } from 'vitest';
import { imageTensor } from './image-tensor.js';
import type { Raster } from './raster.js';

/** Each pixel has its column as red, its row as green, 0 as blue. */
function raster(width: number, height: number): Raster {
  const pixels = Array.from({ length: width * height }, (_, i) => [i % width, Math.floor(i / width), 0]);
  return { width, height, data: Uint8Array.from(pixels.flat()) };
}

const planes = ({ data }: { data: Float32Array }, side: number): number[][] =>
  [0, 1, 2].map((channel) => [...data.subarray(channel * side * side, (channel + 1) * side * side)]);

describe('when a picture becomes a tensor', () => {
  it('should take the middle, in planes', () => {
    const tensor = imageTensor(raster(6, 4), 2);
    expect(tensor.shape).toEqual([3, 2, 2]);
    const [red, green, blue] = planes(tensor, 2);
    const columns = red!.map((value) => Math.round((value * 0.229 + 0.485) * 255));
    const rows = green!.map((value) => Math.round((value * 0.224 + 0.456) * 255));
    expect(columns).toEqual([2, 3, 2, 3]);
    expect(rows).toEqual([1, 1, 2, 2]);
    expect(new Set(blue)).toEqual(new Set([Math.fround(-0.406 / 0.225)]));
  });

  it("should have ImageNet's normalisation: known values of white and black", () => {
    const of = (level: number) =>
      planes(imageTensor({ width: 1, height: 1, data: new Uint8Array(3).fill(level) }, 1), 1).flat();
    for (const [level, values] of [
      [255, [2.2489, 2.4286, 2.64]],
      [0, [-2.1179, -2.0357, -1.8044]],
    ] as const) {
      of(level).forEach((value, channel) => expect(value).toBeCloseTo(values[channel]!, 4));
    }
  });
});
