/** The widest element of a typed array. */
const ALIGNMENT = 8;

/**
 * The chunks as one buffer.
 * @param whole the only chunk, if it may be taken as it is
 * @param alignedAt place that has to be at a multiple of 8 in memory; undefined: anywhere will do
 */
export function joinAligned(
  chunks: readonly Buffer[],
  length: number,
  whole: Buffer | undefined,
  alignedAt: number | undefined,
): Buffer {
  if (whole && (alignedAt === undefined || (whole.byteOffset + alignedAt) % ALIGNMENT === 0)) return whole;
  if (alignedAt === undefined) return Buffer.concat(chunks, length);
  const before = (ALIGNMENT - (alignedAt % ALIGNMENT)) % ALIGNMENT;
  // Of its own: what comes from the pool begins anywhere.
  const joined = Buffer.from(new ArrayBuffer(before + length), before, length);
  let offset = 0;
  for (const chunk of chunks) {
    joined.set(chunk, offset);
    offset += chunk.length;
  }
  return joined;
}
