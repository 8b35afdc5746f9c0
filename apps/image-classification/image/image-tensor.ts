import type { NdArray } from 'nestjs-mosec';
import { CHANNELS, type Raster } from './raster.js';

/** Mean and deviation of ImageNet's pixels, as the models were trained with. */
const MEAN = [0.485, 0.456, 0.406];
const DEVIATION = [0.229, 0.224, 0.225];
const WHITE = 255;

/** The middle of a picture, `side` by `side`, as normalised planes: red, green, blue, `[3, side, side]`. */
export function imageTensor(picture: Raster, side: number): NdArray<'float32'> {
  const [left, top] = [(picture.width - side) >> 1, (picture.height - side) >> 1];
  const data = new Float32Array(CHANNELS * side * side);
  let at = 0;
  for (let channel = 0; channel < CHANNELS; channel++) {
    const scale = 1 / (WHITE * DEVIATION[channel]!);
    const shift = MEAN[channel]! / DEVIATION[channel]!;
    for (let y = 0; y < side; y++) {
      let from = ((top + y) * picture.width + left) * CHANNELS + channel;
      for (let x = 0; x < side; x++, from += CHANNELS) data[at++] = picture.data[from]! * scale - shift;
    }
  }
  return { dtype: 'float32', shape: [CHANNELS, side, side], data };
}
