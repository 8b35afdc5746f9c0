/** Every slot begins at a multiple of this many bytes and is a multiple of it. */
export const GRANULE_BYTES = 1 << 10;

const SMALLEST = 4 << 10;
const CLASSES_PER_DOUBLING = 4;

/** Bytes of the slot for `length` bytes: its size class, four per doubling, so that at most a fifth stays empty. */
export function slotCapacity(length: number): number {
  if (length <= SMALLEST) return SMALLEST;
  const step = 2 ** (31 - Math.clz32(length - 1)) / CLASSES_PER_DOUBLING;
  return Math.ceil(length / step) * step;
}
