/** A white PNG of 8 by 8 pixels. */
export const EXAMPLE_PNG: Uint8Array = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAgAAAAIAQMAAAD+wSzIAAAAA1BMVEX///+nxBvIAAAACXBIWXMAAAPoAAAD6AG1e1JrAAAAC0lEQVQImWNgQAUAABAAASG2FtIAAAAASUVORK5CYII=',
  'base64',
);

const SIDE = 224;
export const EXAMPLE_IMAGE = {
  pixel_values: { dtype: 'float32', shape: [3, SIDE, SIDE], data: new Float32Array(3 * SIDE * SIDE) },
} as const;
