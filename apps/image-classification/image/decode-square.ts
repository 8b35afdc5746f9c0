import sharp, { type Metadata } from 'sharp';
import { CHANNELS, type Raster } from './raster.js';

// The stage has several replicas: they share out the cores, not the threads of each.
sharp.concurrency(1);

/** What the first bytes of a file tell, before any pixel is decoded: format, size, orientation. */
export async function readHeader(bytes: Uint8Array): Promise<Metadata | undefined> {
  if (bytes.byteLength === 0) return undefined;
  return sharp(bytes, { limitInputPixels: false })
    .metadata()
    .catch(() => undefined);
}

/**
 * The square in the middle of the picture, upright, transparency on white, resized to `side` by `side`. As the shorter
 * side resized to `side` and the longer one cut off, but the work does not grow with how long that is.
 * `undefined` if the file is cut off or damaged.
 */
export async function decodeSquare(bytes: Uint8Array, header: Metadata, side: number): Promise<Raster | undefined> {
  const { width, height } = header.autoOrient;
  const shorter = Math.min(width, height);
  const middle = { left: (width - shorter) >> 1, top: (height - shorter) >> 1, width: shorter, height: shorter };
  try {
    const { data, info } = await sharp(bytes, { limitInputPixels: false, failOn: 'error', pages: 1 })
      .autoOrient()
      .extract(middle)
      .resize(side, side, { kernel: 'linear' })
      .flatten({ background: 'white' })
      .toColourspace('srgb')
      .removeAlpha()
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true });
    return { width: side, height: side, data: info.channels === CHANNELS ? data : greyToRgb(data) };
  } catch {
    return undefined;
  }
}

function greyToRgb(grey: Uint8Array): Uint8Array {
  const rgb = new Uint8Array(grey.length * CHANNELS);
  for (let i = 0; i < grey.length; i++) rgb.fill(grey[i]!, i * CHANNELS, (i + 1) * CHANNELS);
  return rgb;
}
