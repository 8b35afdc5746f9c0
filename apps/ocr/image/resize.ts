import sharp from 'sharp';
import type { Rectangle } from './rectangle.js';
import { CHANNELS, type Raster } from './raster.js';

/** The part of `raster` inside `area`, stretched to `width` by `height`. */
export async function resizeArea(raster: Raster, area: Rectangle, width: number, height: number): Promise<Raster> {
  const data = await sharp(raster.data, { raw: { width: raster.width, height: raster.height, channels: CHANNELS } })
    .extract({ left: area.x, top: area.y, width: area.width, height: area.height })
    .resize(width, height, { fit: 'fill', kernel: 'linear' })
    .raw()
    .toBuffer();
  return { width, height, data };
}
