/** Sizes that the model is compiled for. */
export const BATCH_SIZES = [1, 2, 4, 8] as const;

export const LARGEST_BATCH = BATCH_SIZES[BATCH_SIZES.length - 1]!;

/** The smallest of them that holds so many items. */
export function paddedSize(items: number): number {
  return BATCH_SIZES.find((size) => size >= items) ?? LARGEST_BATCH;
}
