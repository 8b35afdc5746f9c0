import type { SharedBytes, SlotHandle } from '#libs/contracts';
import type { Ledger, OpenSlot } from './ledger.js';
import type { SlotViews } from './slot-views.js';

/** A filled slot, as those see it who hold it. */
export class SharedSlot implements SharedBytes {
  constructor(
    private readonly ledger: Ledger,
    private readonly views: SlotViews,
    private readonly slot: OpenSlot,
  ) {}

  get handle(): SlotHandle {
    return this.slot.handle;
  }

  get bytes(): Buffer {
    const { offset, length } = this.slot.handle;
    return this.views.bytes(offset, length);
  }

  hold(): void {
    this.ledger.hold(this.slot);
  }

  release(): void {
    this.ledger.release(this.slot);
  }
}
