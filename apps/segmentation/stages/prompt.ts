import { ValidationError } from 'nestjs-mosec';
import type { SegmentRequest } from '../dto/segment-request.dto.js';
import { fit, type Size } from '../image/fit.js';

/** Points in the square of the encoder, and whether they lie on the thing. */
export interface Prompt {
  /** Of the picture. */
  readonly size: Size;
  /** x and y in turn. */
  readonly points: readonly number[];
  readonly labels: readonly number[];
}

export function promptOf({ image, points, labels }: SegmentRequest): Prompt {
  const [height, width] = image.shape as [number, number];
  const [count] = points.shape as [number];
  const given = Array.from(points.data as ArrayLike<number | bigint>, Number);
  const outside = given.findIndex((value, i) => !(value >= 0 && value < (i % 2 === 0 ? width : height)));
  if (outside >= 0) {
    throw new ValidationError(`point ${outside >> 1} lies outside the image of ${width} by ${height} pixels`);
  }
  if (labels && labels.shape[0] !== count) throw new ValidationError(`labels must be one per point, ${count}`);
  const fitted = fit({ width, height });
  return {
    size: { width, height },
    points: given.map((value, i) => (i % 2 === 0 ? (value * fitted.width) / width : (value * fitted.height) / height)),
    labels: labels ? Array.from(labels.data as ArrayLike<number | bigint>, Number) : new Array<number>(count).fill(1),
  };
}
