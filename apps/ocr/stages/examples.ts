import type { TextLine } from '../detection/text-line.js';
import { CHANNELS, type Raster } from '../image/raster.js';
import { LINE_HEIGHT } from '../recognition/line-view.js';

/** A white PNG of 8 by 8 pixels. */
export const EXAMPLE_PNG: Uint8Array = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAgAAAAIAQMAAAD+wSzIAAAAA1BMVEX///+nxBvIAAAACXBIWXMAAAPoAAAD6AG1e1JrAAAAC0lEQVQImWNgQAUAABAAASG2FtIAAAAASUVORK5CYII=',
  'base64',
);

export const EXAMPLE_PAGE: Raster = blank(320, 96);

export const EXAMPLE_LINE: TextLine = {
  box: { x: 0, y: 0, width: 320, height: LINE_HEIGHT },
  picture: blank(320, LINE_HEIGHT),
  inner: { x: 0, y: 0, width: 320, height: LINE_HEIGHT },
};

function blank(width: number, height: number): Raster {
  return { width, height, data: new Uint8Array(width * height * CHANNELS).fill(255) };
}
