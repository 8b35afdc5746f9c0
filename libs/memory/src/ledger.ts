import type { MemoryRegion, SlotHandle } from '#libs/contracts';
import { BadHandleError } from './bad-handle.error.js';
import { OwnedRegion } from './owned-region.js';
import { RegionTable } from './region-table.js';
import type { SlotOwner } from './slot-owner.js';

/** A filled slot. `holders` is at least 1 until it is freed, and 0 from then on. Only the ledger writes it. */
export interface OpenSlot {
  readonly handle: SlotHandle;
  readonly region: OwnedRegion;
  holders: number;
}

/**
 * The one record of the shared memory, in the gateway: which region belongs to whom, which slots are filled, and how
 * many still need each. The region of an owner that has died is given out again only when nobody holds a slot of it.
 */
export class Ledger {
  private readonly table: RegionTable;
  private readonly regions = new Map<number, OwnedRegion>();

  /** @param commit takes memory for a part from the system; false when there is none */
  constructor(sizeBytes: number, commit: (offset: number, length: number) => boolean) {
    this.table = new RegionTable(sizeBytes, commit);
  }

  get committedBytes(): number {
    return this.table.committedBytes;
  }

  /** Bytes in regions, those of dead owners included. */
  get regionBytes(): number {
    return this.table.takenBytes;
  }

  /** Slots that somebody holds. */
  get openSlots(): number {
    let sum = 0;
    for (const { openSlots } of this.regions.values()) sum += openSlots;
    return sum;
  }

  /** Bytes of the regions of a living owner. */
  ownedBytes(owner: SlotOwner): number {
    let sum = 0;
    for (const own of this.regions.values()) if (own.owner === owner) sum += own.region.sizeBytes;
    return sum;
  }

  /** Gives `owner` one more region of at least `bytes`; undefined when there is no room. */
  give(owner: SlotOwner, bytes: number): MemoryRegion | undefined {
    const region = this.table.take(bytes);
    if (region) this.regions.set(region.id, new OwnedRegion(region, owner));
    return region;
  }

  /** The owner needs a region no more, in which no slot is filled. */
  takeBack({ id }: MemoryRegion): void {
    const own = this.regions.get(id);
    if (own) this.recover(own);
  }

  /**
   * `owner` has filled a slot, which is held once from now on.
   * @throws BadHandleError when it cannot have: not its region, out of bounds, in use, or seen before
   */
  open(owner: SlotOwner, handle: SlotHandle): OpenSlot {
    const region = this.regions.get(handle.region);
    if (region?.owner !== owner) throw new BadHandleError(`region ${handle.region} is not its own`);
    region.fill(handle);
    return { handle, region, holders: 1 };
  }

  hold(slot: OpenSlot): void {
    if (slot.holders === 0) throw new Error('a slot of the shared memory was held after it was freed');
    slot.holders++;
  }

  release(slot: OpenSlot): void {
    if (slot.holders === 0) throw new Error('a slot of the shared memory was released after it was freed');
    slot.holders--;
    if (slot.holders > 0) return;
    const { handle, region } = slot;
    region.empty(handle);
    if (region.owner) region.owner.freed(handle);
    else this.recover(region);
  }

  /** The owner has died: it fills no more slots, and its regions return as soon as nobody holds their slots. */
  bury(owner: SlotOwner): void {
    for (const region of this.regions.values()) {
      if (region.owner !== owner) continue;
      region.owner = undefined;
      this.recover(region);
    }
  }

  private recover(own: OwnedRegion): void {
    if (own.openSlots > 0) return;
    this.regions.delete(own.region.id);
    this.table.giveBack(own.region);
  }
}
