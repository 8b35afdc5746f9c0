import type { MemoryRegion, SlotHandle } from '#libs/contracts';
import { SlotAllocator } from './slot-allocator.js';
import { slotCapacity } from './slot-capacity.js';

interface OwnRegion {
  readonly region: MemoryRegion;
  readonly slots: SlotAllocator;
  /** Generation of each taken slot by its offset. */
  readonly taken: Map<number, number>;
  generation: number;
}

/** The regions that a process owns, and which of their slots it has filled. */
export class SlotHeap {
  private readonly regions = new Map<number, OwnRegion>();

  add(region: MemoryRegion): void {
    const slots = new SlotAllocator(region.sizeBytes);
    this.regions.set(region.id, { region, slots, taken: new Map(), generation: 0 });
  }

  /** A slot for `length` bytes, or undefined when no region has room. */
  allocate(length: number): SlotHandle | undefined {
    const capacity = slotCapacity(length);
    for (const own of this.regions.values()) {
      const place = own.slots.allocate(capacity);
      if (place === undefined) continue;
      const offset = own.region.offset + place;
      own.generation = (own.generation + 1) >>> 0;
      own.taken.set(offset, own.generation);
      return { region: own.region.id, generation: own.generation, offset, length };
    }
    return undefined;
  }

  /** Gives up the regions without a taken slot. */
  removeEmpty(): MemoryRegion[] {
    const empty = [...this.regions.values()].filter(({ taken }) => taken.size === 0);
    for (const { region } of empty) this.regions.delete(region.id);
    return empty.map(({ region }) => region);
  }

  /** @throws RangeError when that slot is not taken */
  free({ region, generation, offset }: SlotHandle): void {
    const own = this.regions.get(region);
    if (own?.taken.get(offset) !== generation) {
      throw new RangeError(`slot ${offset} of region ${region} is not in use with generation ${generation}`);
    }
    own.taken.delete(offset);
    own.slots.release(offset - own.region.offset);
  }
}
