import type { NdArray } from 'nestjs-mosec';
import type { BytesArray } from 'nestjs-mosec/open-inference';

/** Lengths and widths of a flower's sepal and petal in centimetres: `[4]`, without the dimension of the batch. */
export interface Flower {
  readonly measures: NdArray<'float32'>;
}

/** What it is taken for. */
export interface Iris {
  /** One text. */
  readonly species: BytesArray;
  /** Distance to the mean flower of each species, in centimetres. */
  readonly distances: NdArray<'float32'>;
}
