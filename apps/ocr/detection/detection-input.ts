import { CHANNELS, type Raster } from '../image/raster.js';

/** The network halves its input five times. */
const STRIDE = 32;
/** Larger pages are scaled down to this: about A4 at 150 dpi, where 8 point print is still found. */
const MAX_PIXELS = 2_000_000;
const MEAN = [0.485, 0.456, 0.406] as const;
const DEVIATION = [0.229, 0.224, 0.225] as const;

/** Size at which a page is shown to the detector. */
export interface DetectionSize {
  readonly width: number;
  readonly height: number;
}

/** Keeps the proportions; never enlarges. */
export function detectionSize(page: DetectionSize): DetectionSize {
  const scale = Math.min(1, Math.sqrt(MAX_PIXELS / (page.width * page.height)));
  return { width: Math.max(1, Math.round(page.width * scale)), height: Math.max(1, Math.round(page.height * scale)) };
}

/** Smallest size that the network accepts and that holds `size`. */
export function paddedSize(size: DetectionSize): DetectionSize {
  return { width: Math.ceil(size.width / STRIDE) * STRIDE, height: Math.ceil(size.height / STRIDE) * STRIDE };
}

/** Normalised planes of one picture, `[1, 3, height, width]`; its last row and column are repeated to fill up `padded`. */
export function detectionTensor(picture: Raster, padded: DetectionSize): Float32Array {
  const plane = padded.width * padded.height;
  const tensor = new Float32Array(CHANNELS * plane);
  for (let y = 0; y < padded.height; y++) {
    const row = Math.min(y, picture.height - 1) * picture.width;
    for (let x = 0; x < padded.width; x++) {
      const pixel = (row + Math.min(x, picture.width - 1)) * CHANNELS;
      for (let c = 0; c < CHANNELS; c++) {
        tensor[c * plane + y * padded.width + x] = (picture.data[pixel + c]! / 255 - MEAN[c]!) / DEVIATION[c]!;
      }
    }
  }
  return tensor;
}
