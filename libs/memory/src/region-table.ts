import type { MemoryRegion } from '#libs/contracts';

/** Regions begin at, and are, multiples of this many bytes. */
export const REGION_UNIT_BYTES = 1 << 20;

/** After the system had no memory, so many requests for a region are refused before it is asked again. */
const REFUSALS_AFTER_FAILURE = 1_000;

/** Which parts of the shared memory are given out as regions. Memory is taken from the system when first needed. */
export class RegionTable {
  private readonly taken: Uint8Array;
  private readonly committed: Uint8Array;
  private lastId = 0;
  private refusals = 0;

  /** @param commit takes memory for a part from the system; false when there is none */
  constructor(
    sizeBytes: number,
    private readonly commit: (offset: number, length: number) => boolean,
  ) {
    this.taken = new Uint8Array(Math.floor(sizeBytes / REGION_UNIT_BYTES));
    this.committed = new Uint8Array(this.taken.length);
  }

  /** Bytes taken from the system; they stay taken. */
  get committedBytes(): number {
    return count(this.committed) * REGION_UNIT_BYTES;
  }

  /** Bytes given out as regions. */
  get takenBytes(): number {
    return count(this.taken) * REGION_UNIT_BYTES;
  }

  /** A region of at least `bytes`, or undefined when there is no room. */
  take(bytes: number): MemoryRegion | undefined {
    const units = Math.ceil(bytes / REGION_UNIT_BYTES);
    const first = this.find(units);
    if (first < 0 || !this.commitUnits(first, first + units)) return undefined;
    this.taken.fill(1, first, first + units);
    return { id: ++this.lastId, offset: first * REGION_UNIT_BYTES, sizeBytes: units * REGION_UNIT_BYTES };
  }

  giveBack({ offset, sizeBytes }: MemoryRegion): void {
    this.taken.fill(0, offset / REGION_UNIT_BYTES, (offset + sizeBytes) / REGION_UNIT_BYTES);
  }

  /** The first of `units` free neighbours, or -1. */
  private find(units: number): number {
    let length = 0;
    for (let i = 0; i < this.taken.length; i++) {
      length = this.taken[i] ? 0 : length + 1;
      if (length === units) return i - units + 1;
    }
    return -1;
  }

  private commitUnits(first: number, end: number): boolean {
    if (!this.committed.subarray(first, end).includes(0)) return true;
    if (this.refusals > 0) {
      this.refusals--;
      return false;
    }
    if (!this.commit(first * REGION_UNIT_BYTES, (end - first) * REGION_UNIT_BYTES)) {
      this.refusals = REFUSALS_AFTER_FAILURE;
      return false;
    }
    this.committed.fill(1, first, end);
    return true;
  }
}

function count(flags: Uint8Array): number {
  return flags.reduce((sum, flag) => sum + flag, 0);
}
