import type { Rectangle } from '../image/rectangle.js';
import { resizeArea } from '../image/resize.js';
import { CHANNELS, type Raster } from '../image/raster.js';

/** Height at which the recogniser reads a line, in pixels. */
export const LINE_HEIGHT = 48;
/** Width of one step of the recogniser, in pixels. */
const STEP = 8;
const MIN_STEPS = 4;

/** Part of a line's picture as the recogniser is to see it; `stretch` below 1 sets the letters narrower. */
export function lineView(picture: Raster, area: Rectangle, stretch: number): Promise<Raster> {
  const steps = Math.round((area.width * LINE_HEIGHT * stretch) / (area.height * STEP));
  return resizeArea(picture, area, Math.max(MIN_STEPS, steps) * STEP, LINE_HEIGHT);
}

/** Normalised planes, `[1, 3, 48, width]`. */
export function lineTensor({ width, height, data }: Raster): Float32Array {
  const plane = width * height;
  const tensor = new Float32Array(CHANNELS * plane);
  for (let i = 0; i < plane; i++) {
    for (let c = 0; c < CHANNELS; c++) tensor[c * plane + i] = data[i * CHANNELS + c]! / 127.5 - 1;
  }
  return tensor;
}
