import sharp from 'sharp';
import type { NdArray } from 'nestjs-mosec';

const CHANNELS = 3;
const HALF = 127.5;

/** A PNG of planes from -1 to 1, `[3, height, width]`. */
export async function encodePng({ shape, data }: NdArray): Promise<Uint8Array> {
  const [, height = 0, width = 0] = shape;
  const plane = width * height;
  // Clamped: a decoder goes a little beyond its range.
  const pixels = new Uint8ClampedArray(plane * CHANNELS);
  for (let i = 0; i < plane; i++) {
    for (let c = 0; c < CHANNELS; c++) pixels[i * CHANNELS + c] = ((data[c * plane + i] as number) + 1) * HALF;
  }
  return sharp(pixels, { raw: { width, height, channels: CHANNELS } })
    .png()
    .toBuffer();
}
