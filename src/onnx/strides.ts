import type { NdArray } from '#libs/codec';

export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}

export function sameShape(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((size, axis) => size === b[axis]);
}

/** An array of the same type, of zeros. */
export function emptyLike({ dtype, data }: NdArray, shape: readonly number[]): NdArray {
  const { constructor } = data as { constructor: unknown };
  const array = Buffer.isBuffer(data) ? Uint8Array : (constructor as new (length: number) => NdArray['data']);
  return { dtype, shape, data: new array(sizeOf(shape)) } as NdArray;
}

/** Copies elements between arrays of one type. */
export function copyElements(from: NdArray, start: number, end: number, to: NdArray, at: number): void {
  (to.data as Uint8Array).set((from.data as Uint8Array).subarray(start, end), at);
}

/**
 * Copies the corner that both have, e.g. into a larger array or out of one; ranks are the same.
 * @param axis of which all before are done, at these offsets
 */
export function copyCorner(from: NdArray, to: NdArray, axis = 0, start = 0, at = 0): void {
  const rank = from.shape.length;
  const common = Math.min(from.shape[axis] ?? 1, to.shape[axis] ?? 1);
  if (axis >= rank - 1) return copyElements(from, start, start + common, to, at);
  const [step, stride] = [sizeOf(from.shape.slice(axis + 1)), sizeOf(to.shape.slice(axis + 1))];
  for (let i = 0; i < common; i++) copyCorner(from, to, axis + 1, start + i * step, at + i * stride);
}
