import { HEADER_BYTES, writeHeader, type Frame, type FrameType } from './frame.js';
import { ProtocolError } from './protocol.error.js';

/** A begin or cancel frame: a batch and some of its indexes (u16 each); none listed means all that are open. */
export function encodeIndexes(
  type: typeof FrameType.Begin | typeof FrameType.Cancel,
  batch: number,
  indexes: readonly number[] = [],
): Buffer {
  const frame = Buffer.allocUnsafe(HEADER_BYTES + indexes.length * 2);
  writeHeader(frame, indexes.length * 2, type, 0, indexes.length, batch);
  indexes.forEach((index, i) => frame.writeUInt16LE(index, HEADER_BYTES + i * 2));
  return frame;
}

/** @throws ProtocolError when the frame's length and count disagree */
export function decodeIndexes({ body, count }: Frame): number[] | undefined {
  if (body.length !== count * 2) throw new ProtocolError('index frame has the wrong length');
  if (count === 0) return undefined;
  return Array.from({ length: count }, (_, i) => body.readUInt16LE(i * 2));
}
