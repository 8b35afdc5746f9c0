import type { MemoryRegion, SlotHandle } from '#libs/contracts';
import { BadHandleError } from './bad-handle.error.js';
import { GRANULE_BYTES, slotCapacity } from './slot-capacity.js';
import type { SlotOwner } from './slot-owner.js';

/** One region in the ledger, and which of its bytes are in filled slots. */
export class OwnedRegion {
  openSlots = 0;
  private lastGeneration = 0;
  private readonly filled: Uint8Array;

  /** @param owner undefined once it has died */
  constructor(
    readonly region: MemoryRegion,
    public owner: SlotOwner | undefined,
  ) {
    this.filled = new Uint8Array(region.sizeBytes / GRANULE_BYTES);
  }

  /** @throws BadHandleError when no such slot can have been filled now */
  fill(handle: SlotHandle): void {
    const { first, end } = this.granules(handle);
    const taken = this.filled.indexOf(1, first);
    if (taken >= 0 && taken < end) throw new BadHandleError(`slot at ${handle.offset} is in use`);
    // A difference modulo 2^32: a generation is a 32-bit number and wraps.
    if (((handle.generation - this.lastGeneration) | 0) <= 0)
      throw new BadHandleError(`generation ${handle.generation} is over`);
    this.lastGeneration = handle.generation;
    this.filled.fill(1, first, end);
    this.openSlots++;
  }

  empty(handle: SlotHandle): void {
    const { first, end } = this.granules(handle);
    this.filled.fill(0, first, end);
    this.openSlots--;
  }

  private granules({ offset, length }: SlotHandle): { first: number; end: number } {
    const first = (offset - this.region.offset) / GRANULE_BYTES;
    const end = first + slotCapacity(length) / GRANULE_BYTES;
    if (Number.isInteger(first) && first >= 0 && length > 0 && end <= this.filled.length) return { first, end };
    throw new BadHandleError(`slot at ${offset} with ${length} bytes is no slot of region ${this.region.id}`);
  }
}
