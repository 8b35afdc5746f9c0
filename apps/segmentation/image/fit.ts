/** Side of the square that the encoder sees. */
export const SIDE = 1024;

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** A picture as large as fits into the upper left of the encoder's square. */
export function fit({ width, height }: Size): Size {
  const scale = SIDE / Math.max(width, height);
  const scaled = (length: number): number => Math.max(1, Math.round(length * scale));
  return { width: scaled(width), height: scaled(height) };
}
