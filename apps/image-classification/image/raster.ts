/** Decoded picture: 8 bits per channel, RGB interleaved, rows from the top. */
export interface Raster {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

export const CHANNELS = 3;
