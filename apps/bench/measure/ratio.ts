import { median } from '../statistics.js';

/** Ours divided by the peer's, within each round. */
export interface Ratio {
  readonly median: number;
  readonly least: number;
  readonly most: number;
}

/** @param figure what is compared of samples; those of the same index are of the same round */
export function ratioOf<T>(ours: readonly T[], peer: readonly T[], figure: (sample: T) => number): Ratio {
  const ratios = ours.map((sample, round) => {
    const other = peer[round];
    return other === undefined ? NaN : figure(sample) / figure(other);
  });
  return { median: median(ratios), least: Math.min(...ratios), most: Math.max(...ratios) };
}
