import { bytes, DecodingError, Stage, ValidationError, type ItemStage } from 'nestjs-mosec';
import { decodePixels, readImageHeader } from '../image/decode-image.js';
import type { Raster } from '../image/raster.js';
import { EXAMPLE_PNG } from './examples.js';

const ACCEPTED: readonly string[] = ['png', 'jpeg', 'webp'];
/** An A4 page scanned at 600 dpi has 35 million. */
const MAX_PIXELS = 40_000_000;

/** Encoded image in, upright RGB pixels out. */
@Stage({ codec: bytes })
export class DecodeImage implements ItemStage<Uint8Array, Raster> {
  readonly example = EXAMPLE_PNG;

  async forward(body: Uint8Array): Promise<Raster> {
    const header = await readImageHeader(body);
    if (!header || !ACCEPTED.includes(header.format)) {
      throw new DecodingError('the body is not an image: send the bytes of a PNG, JPEG or WebP file');
    }
    if (header.pixels > MAX_PIXELS) {
      throw new ValidationError(`the image has ${header.pixels} pixels: send one of at most ${MAX_PIXELS}`);
    }
    const page = await decodePixels(body, MAX_PIXELS);
    if (!page) throw new DecodingError(`the ${header.format} image is cut off or damaged: send the whole file`);
    return page;
  }
}
