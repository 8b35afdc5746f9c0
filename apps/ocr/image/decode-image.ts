import sharp, { type SharpOptions } from 'sharp';
import { CHANNELS, type Raster } from './raster.js';

/** What the first bytes of a file tell, before any pixel is decoded. */
export interface ImageHeader {
  readonly format: string;
  /** Width times height of the picture as stored. */
  readonly pixels: number;
}

/** `undefined` if these bytes are not the beginning of any image. */
export async function readImageHeader(bytes: Uint8Array): Promise<ImageHeader | undefined> {
  if (bytes.byteLength === 0) return undefined;
  try {
    const { format, width, height } = await sharp(bytes, { limitInputPixels: false }).metadata();
    return { format, pixels: width * height };
  } catch {
    return undefined;
  }
}

/**
 * First frame as it is meant to be seen: turned upright by its EXIF orientation, transparency on white, in sRGB.
 * `undefined` if the file is cut off or damaged, or if it decodes to more than `maxPixels`.
 */
export async function decodePixels(bytes: Uint8Array, maxPixels: number): Promise<Raster | undefined> {
  const options: SharpOptions = { limitInputPixels: maxPixels, failOn: 'error', pages: 1 };
  try {
    const { data, info } = await sharp(bytes, options)
      .autoOrient()
      .flatten({ background: 'white' })
      .toColourspace('srgb')
      .removeAlpha()
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true });
    return { width: info.width, height: info.height, data: info.channels === CHANNELS ? data : greyToRgb(data) };
  } catch {
    return undefined;
  }
}

function greyToRgb(grey: Uint8Array): Uint8Array {
  const rgb = new Uint8Array(grey.length * CHANNELS);
  for (let i = 0; i < grey.length; i++) rgb.fill(grey[i]!, i * CHANNELS, (i + 1) * CHANNELS);
  return rgb;
}
