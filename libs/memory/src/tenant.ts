import type { MemoryRegion, SharedBytes, SlotHandle } from '#libs/contracts';
import type { Ledger } from './ledger.js';
import { regionBytesFor } from './region-size.js';
import { SharedSlot } from './shared-slot.js';
import { slotCapacity } from './slot-capacity.js';
import type { SlotOwner } from './slot-owner.js';
import type { SlotViews } from './slot-views.js';

/** Tells a worker process what it may do with its regions. */
export interface TenantPort {
  /** It may fill slots of one more region. */
  give(region: MemoryRegion): void;
  /** It may fill these slots again. */
  free(handles: readonly SlotHandle[]): void;
}

export interface TenantOptions {
  readonly ledger: Ledger;
  readonly views: SlotViews;
  /** Most bytes of regions for this one worker. */
  readonly shareBytes: number;
  readonly thresholdBytes: number;
  readonly port: TenantPort;
  /** A large enough payload came: in a slot, or inline for want of room. */
  readonly onPayload: (isShared: boolean) => void;
}

/** A worker process that fills slots of shared memory, as the gateway sees it. */
export class Tenant implements SlotOwner {
  private readonly freedHandles: SlotHandle[] = [];
  private closed = false;
  /** A region that the worker was given and has not filled a slot of yet. */
  private untouched?: MemoryRegion;

  constructor(private readonly options: TenantOptions) {}

  /**
   * The worker says that it has filled a slot.
   * @returns the slot, held once
   * @throws BadHandleError when it cannot have
   */
  claim(handle: SlotHandle): SharedBytes {
    const { ledger, views, onPayload } = this.options;
    const slot = new SharedSlot(ledger, views, ledger.open(this, handle));
    if (handle.region === this.untouched?.id) this.untouched = undefined;
    onPayload(true);
    return slot;
  }

  /** Bytes came inline: if they would have come in a slot had there been room, there is more from now on. */
  cameInline(bytes: number): void {
    const { ledger, shareBytes, thresholdBytes, port, onPayload } = this.options;
    if (bytes < thresholdBytes || this.closed) return;
    onPayload(false);
    // What came inline may have been sent before the worker heard of its newest region.
    if (this.untouched && slotCapacity(bytes) <= this.untouched.sizeBytes) return;
    const size = regionBytesFor(bytes, shareBytes - ledger.ownedBytes(this), shareBytes);
    const region = size > 0 ? ledger.give(this, size) : undefined;
    if (!region) return;
    this.untouched = region;
    port.give(region);
  }

  freed(handle: SlotHandle): void {
    if (this.freedHandles.push(handle) === 1) setImmediate(() => this.flush());
  }

  /** Tells the worker of freed slots now; they are told at the end of the turn of the event loop otherwise. */
  flush(): void {
    if (this.freedHandles.length === 0 || this.closed) return;
    this.options.port.free(this.freedHandles.splice(0));
  }

  /** The process has ended. */
  close(): void {
    if (this.closed) return;
    this.closed = true;
    this.options.ledger.bury(this);
  }
}
