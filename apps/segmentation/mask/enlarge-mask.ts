import { fit, SIDE, type Size } from '../image/fit.js';
import type { LowMask } from './best-mask.js';

/** Where a pixel lies among the coarser ones: between which two, and how far from the first. */
interface Position {
  readonly low: number;
  readonly high: number;
  readonly part: number;
}

/** The mask in the size of the picture: 1 on the thing, 0 beside it. Bilinear, as the picture was resized. */
export function enlargeMask({ side, logits }: LowMask, { width, height }: Size): Uint8Array {
  const fitted = fit({ width, height });
  const columns = positions(width, fitted.width, side);
  const rows = positions(height, fitted.height, side);
  const mask = new Uint8Array(width * height);
  let at = 0;
  for (const row of rows) {
    const [above, below] = [row.low * side, row.high * side];
    for (const { low, high, part } of columns) {
      const upper = logits[above + low]! * (1 - part) + logits[above + high]! * part;
      const lower = logits[below + low]! * (1 - part) + logits[below + high]! * part;
      mask[at++] = upper * (1 - row.part) + lower * row.part > 0 ? 1 : 0;
    }
  }
  return mask;
}

function positions(length: number, fitted: number, side: number): Position[] {
  const scale = (fitted / length) * (side / SIDE);
  return Array.from({ length }, (_, index) => {
    // Centres of pixels lie on halves.
    const exact = Math.min(side - 1, Math.max(0, (index + 0.5) * scale - 0.5));
    const low = Math.floor(exact);
    return { low, high: Math.min(side - 1, low + 1), part: exact - low };
  });
}
