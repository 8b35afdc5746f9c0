import sharp from 'sharp';
import type { NdArray } from 'nestjs-mosec';
import { fit, SIDE, type Size } from './fit.js';

// The stage has several replicas: they share out the cores, not the threads of each.
sharp.concurrency(1);

const CHANNELS = 3;
const WHITE = 255;
const MEAN = [0.485, 0.456, 0.406];
const DEVIATION = [0.229, 0.224, 0.225];

/** What the encoder takes: RGB resized to fit, normalised, in planes, zeros to the right and below: `[3, 1024, 1024]`. */
export async function encoderInput(pixels: NdArray<'uint8'>['data'], size: Size): Promise<NdArray<'float32'>> {
  const { width, height } = fit(size);
  const resized = await sharp(pixels, { raw: { ...size, channels: CHANNELS } })
    .resize(width, height, { fit: 'fill', kernel: 'linear' })
    .raw()
    .toBuffer();
  return { dtype: 'float32', shape: [CHANNELS, SIDE, SIDE], data: normalise(resized, { width, height }) };
}

function normalise(pixels: Uint8Array, { width, height }: Size): Float32Array {
  const planes = new Float32Array(CHANNELS * SIDE * SIDE);
  for (let channel = 0; channel < CHANNELS; channel++) {
    const scale = 1 / (WHITE * DEVIATION[channel]!);
    const shift = MEAN[channel]! / DEVIATION[channel]!;
    for (let y = 0; y < height; y++) {
      let from = y * width * CHANNELS + channel;
      const row = (channel * SIDE + y) * SIDE;
      for (let x = 0; x < width; x++, from += CHANNELS) planes[row + x] = pixels[from]! * scale - shift;
    }
  }
  return planes;
}
