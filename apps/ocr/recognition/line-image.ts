import { CHANNELS, type Raster } from '../image/raster.js';

/** Height at which the recogniser reads a line, in pixels. */
export const LINE_HEIGHT = 48;

/** Normalised planes `[lines, 3, 48, width]`; what a line leaves of `width` is grey. */
export function lineTensor(lines: readonly Raster[], width: number): Float32Array {
  const plane = LINE_HEIGHT * width;
  const tensor = new Float32Array(lines.length * CHANNELS * plane);
  lines.forEach((line, index) => {
    for (let y = 0; y < LINE_HEIGHT; y++) {
      for (let x = 0; x < line.width; x++) {
        for (let c = 0; c < CHANNELS; c++) {
          tensor[(index * CHANNELS + c) * plane + y * width + x] = line.data[(y * line.width + x) * CHANNELS + c]! / 127.5 - 1;
        }
      }
    }
  });
  return tensor;
}
