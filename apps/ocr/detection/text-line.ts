import { growVertically, type Rectangle } from '../image/rectangle.js';
import { resizeArea } from '../image/resize.js';
import type { Raster } from '../image/raster.js';

/** Room above and below a line that is cut out with it, as a share of its height. */
const MARGIN = 0.1;

/** A line of text as it was found on a page. */
export interface TextLine {
  /** Where it stands on the page. */
  readonly box: Rectangle;
  /** The pixels of the box with a margin above and below, where the page has one. */
  readonly picture: Raster;
  /** Where the box lies within the picture. */
  readonly inner: Rectangle;
}

export async function cutLine(page: Raster, box: Rectangle): Promise<TextLine> {
  const area = growVertically(box, Math.round(box.height * MARGIN), page.height);
  const picture = await resizeArea(page, area, area.width, area.height);
  return { box, picture, inner: { x: 0, y: box.y - area.y, width: box.width, height: box.height } };
}
