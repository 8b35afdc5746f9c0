import { FrameType, HEADER_BYTES, writeHeader, type Frame } from './frame.js';
import { ProtocolError } from './protocol.error.js';

/** Index of the item u16, then the events in the item's format; the frame's count is that of the events. */
const INDEX_BYTES = 2;
/** Index of the item u16, u16 unused, bytes u32. */
const CREDIT_BYTES = 8;

/** @param count at most 65535 */
export function encodeEvents(batch: number, index: number, count: number, payload: Uint8Array): Buffer[] {
  const head = Buffer.allocUnsafe(HEADER_BYTES + INDEX_BYTES);
  writeHeader(head, INDEX_BYTES + payload.length, FrameType.Events, 0, count, batch);
  head.writeUInt16LE(index, HEADER_BYTES);
  return [head, Buffer.from(payload.buffer, payload.byteOffset, payload.length)];
}

/**
 * The payload is a view of the frame.
 * @throws ProtocolError when the frame has no room for an index
 */
export function decodeEvents({ body }: Frame): { index: number; payload: Buffer } {
  if (body.length < INDEX_BYTES) throw new ProtocolError('event frame is shorter than its index');
  return { index: body.readUInt16LE(0), payload: body.subarray(INDEX_BYTES) };
}

export function encodeCredit(batch: number, index: number, bytes: number): Buffer {
  const frame = Buffer.alloc(HEADER_BYTES + CREDIT_BYTES);
  writeHeader(frame, CREDIT_BYTES, FrameType.Credit, 0, 1, batch);
  frame.writeUInt16LE(index, HEADER_BYTES);
  frame.writeUInt32LE(bytes, HEADER_BYTES + 4);
  return frame;
}

/** @throws ProtocolError when the frame has the wrong length */
export function decodeCredit({ body }: Frame): { index: number; bytes: number } {
  if (body.length !== CREDIT_BYTES) throw new ProtocolError('credit frame has the wrong length');
  return { index: body.readUInt16LE(0), bytes: body.readUInt32LE(4) };
}
