import type { SlotHandle } from '#libs/contracts';

/** A handle on the wire: region u32, generation u32, offset in units of 64 bytes u32, length u32. */
export const HANDLE_BYTES = 16;
const OFFSET_UNIT = 64;

export function writeHandle(target: Buffer, at: number, { region, generation, offset, length }: SlotHandle): void {
  target.writeUInt32LE(region, at);
  target.writeUInt32LE(generation, at + 4);
  target.writeUInt32LE(offset / OFFSET_UNIT, at + 8);
  target.writeUInt32LE(length, at + 12);
}

export function readHandle(source: Buffer, at: number): SlotHandle {
  return {
    region: source.readUInt32LE(at),
    generation: source.readUInt32LE(at + 4),
    offset: source.readUInt32LE(at + 8) * OFFSET_UNIT,
    length: source.readUInt32LE(at + 12),
  };
}

/** The handle as a payload. */
export function handlePayload(handle: SlotHandle): Buffer {
  const payload = Buffer.allocUnsafe(HANDLE_BYTES);
  writeHandle(payload, 0, handle);
  return payload;
}
