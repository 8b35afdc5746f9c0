import type { NdArray } from 'nestjs-mosec';

/** A request with its texts encoded and everything decided that it left open. */
export interface Conditioning {
  /** Embeddings, `[77, width]`. */
  readonly positive: NdArray;
  readonly negative: NdArray;
  readonly guidance: number;
  readonly steps: number;
  readonly seed: number;
  readonly width: number;
  readonly height: number;
}
