import type { Conditioning } from './conditioning.js';

/** Those that can go through the loop together: of one size, with as many steps. */
export function bySizeAndSteps<T extends { readonly item: Conditioning }>(paintings: readonly T[]): T[][] {
  const groups = new Map<string, T[]>();
  for (const painting of paintings) {
    const { width, height, steps } = painting.item;
    const key = `${width} ${height} ${steps}`;
    groups.set(key, [...(groups.get(key) ?? []), painting]);
  }
  return [...groups.values()];
}
