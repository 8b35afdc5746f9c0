import { slotCapacity } from './slot-capacity.js';

/**
 * The slots of one mapping as buffers. Each has an `ArrayBuffer` of its own, so that a copy of a buffer with all that
 * is behind it, as `structuredClone` and `postMessage` make it, holds this slot alone. Made once per slot: many short
 * lives of large buffers would keep the garbage collector busy.
 */
export class SlotViews {
  private readonly views = new Map<number, Buffer>();

  /** @param view a part of the mapping as a buffer of its own */
  constructor(private readonly view: (offset: number, length: number) => ArrayBuffer) {}

  /** The first `length` bytes of the slot at `offset`. */
  bytes(offset: number, length: number): Buffer {
    return this.slot(offset, slotCapacity(length)).subarray(0, length);
  }

  /** Fills the slot at `offset` with `chunks`, and what is left of it with zeros: other bytes were there before. */
  write(offset: number, chunks: readonly Uint8Array[], length: number): Buffer {
    const slot = this.slot(offset, slotCapacity(length));
    let at = 0;
    for (const chunk of chunks) {
      slot.set(chunk, at);
      at += chunk.length;
    }
    slot.fill(0, length);
    return slot.subarray(0, length);
  }

  private slot(offset: number, capacity: number): Buffer {
    const known = this.views.get(offset);
    // Another size: the region was cut anew. None: user code has detached the buffer.
    if (known?.buffer.byteLength === capacity) return known;
    const slot = Buffer.from(this.view(offset, capacity));
    this.views.set(offset, slot);
    return slot;
  }
}
