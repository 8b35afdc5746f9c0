import type { MemoryRegion, SlotHandle } from '#libs/contracts';
import { FrameType, HEADER_BYTES, writeHeader, type Frame } from './frame.js';
import { ProtocolError } from './protocol.error.js';
import { HANDLE_BYTES, readHandle, writeHandle } from './slot-handle.js';

/** A free frame: slots that the worker filled and may fill again. */
export function encodeFree(handles: readonly SlotHandle[]): Buffer {
  const bodyBytes = handles.length * HANDLE_BYTES;
  const frame = Buffer.allocUnsafe(HEADER_BYTES + bodyBytes);
  writeHeader(frame, bodyBytes, FrameType.Free, 0, 0, 0);
  for (const [i, handle] of handles.entries()) writeHandle(frame, HEADER_BYTES + i * HANDLE_BYTES, handle);
  return frame;
}

/** @throws ProtocolError when the frame ends within a handle */
export function decodeFree({ body }: Frame): SlotHandle[] {
  if (body.length % HANDLE_BYTES !== 0) throw new ProtocolError('free frame has the wrong length');
  return Array.from({ length: body.length / HANDLE_BYTES }, (_, i) => readHandle(body, i * HANDLE_BYTES));
}

/** Region id u32, u32 unused, offset f64, size in bytes f64. */
const REGION_BYTES = 24;

/** A region frame: the worker may fill slots of this region from now on. */
export function encodeRegion({ id, offset, sizeBytes }: MemoryRegion): Buffer {
  const frame = Buffer.alloc(HEADER_BYTES + REGION_BYTES);
  writeHeader(frame, REGION_BYTES, FrameType.Region, 0, 0, 0);
  frame.writeUInt32LE(id, HEADER_BYTES);
  frame.writeDoubleLE(offset, HEADER_BYTES + 8);
  frame.writeDoubleLE(sizeBytes, HEADER_BYTES + 16);
  return frame;
}

/** @throws ProtocolError when the frame has the wrong length */
export function decodeRegion({ body }: Frame): MemoryRegion {
  if (body.length !== REGION_BYTES) throw new ProtocolError('region frame has the wrong length');
  return { id: body.readUInt32LE(0), offset: body.readDoubleLE(8), sizeBytes: body.readDoubleLE(16) };
}
