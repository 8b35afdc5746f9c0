import { closeSync } from 'node:fs';
import type { PayloadStore, SharedBytes, SlotHandle } from '#libs/contracts';
import { Ledger } from './ledger.js';
import type { NativeMemory } from './native-memory.js';
import { regionBytesFor } from './region-size.js';
import { REGION_UNIT_BYTES } from './region-table.js';
import { SharedSlot } from './shared-slot.js';
import { SlotHeap } from './slot-heap.js';
import type { SlotOwner } from './slot-owner.js';
import { SlotViews } from './slot-views.js';
import { Tenant, type TenantPort } from './tenant.js';

export interface GatewayMemoryOptions {
  /** Most memory to be used for payloads, in bytes. */
  readonly sizeBytes: number;
  /** Smallest payload that is put into shared memory, in bytes. */
  readonly thresholdBytes: number;
  /** Worker processes that share one half of the memory; the other half is for request bodies. */
  readonly workers: () => number;
}

/** What is to be seen in the metrics. Bytes, except where it says otherwise. */
export interface MemoryUsage {
  readonly sizeBytes: number;
  readonly committedBytes: number;
  readonly regionBytes: number;
  /** Slots in use. */
  readonly openSlots: number;
  /** Payloads so far that went through a slot. */
  readonly sharedPayloads: number;
  /** Payloads so far that were large enough and went inline for want of room. */
  readonly fallbacks: number;
}

/** The shared memory of a server, in the gateway: its ledger, and the slots that the gateway fills itself. */
export class GatewayMemory implements PayloadStore, SlotOwner {
  /** Size in bytes, as the workers have to map it. */
  readonly sizeBytes: number;
  /** Descriptor that the workers inherit. */
  readonly fd: number;
  /** Where it is mapped in this process, for the threads of this process. */
  readonly address: bigint;
  private readonly heap = new SlotHeap();
  private readonly ledger: Ledger;
  private readonly views: SlotViews;
  private sharedPayloads = 0;
  private fallbacks = 0;
  private closed = false;

  /** @throws an error that says why there can be no shared memory */
  constructor(
    private readonly options: GatewayMemoryOptions,
    private readonly native: NativeMemory,
  ) {
    this.sizeBytes = Math.max(1, Math.floor(options.sizeBytes / REGION_UNIT_BYTES)) * REGION_UNIT_BYTES;
    this.fd = native.create(this.sizeBytes);
    this.address = native.map(this.fd, this.sizeBytes);
    this.views = new SlotViews((offset, length) => native.view(this.address + BigInt(offset), length));
    this.ledger = new Ledger(this.sizeBytes, (offset, length) => native.commit(this.fd, offset, length));
  }

  get thresholdBytes(): number {
    return this.options.thresholdBytes;
  }

  get usage(): MemoryUsage {
    const { sizeBytes, sharedPayloads, fallbacks } = this;
    const { committedBytes, regionBytes, openSlots } = this.ledger;
    return { sizeBytes, committedBytes, regionBytes, openSlots, sharedPayloads, fallbacks };
  }

  store(chunks: readonly Uint8Array[], length: number): SharedBytes | undefined {
    if (length < this.options.thresholdBytes || length === 0 || this.closed) return undefined;
    const handle =
      this.heap.allocate(length) ?? this.allocateInNewRegion(length) ?? this.allocateInPlaceOfEmpty(length);
    if (!handle) {
      this.fallbacks++;
      return undefined;
    }
    this.sharedPayloads++;
    this.views.write(handle.offset, chunks, length);
    return new SharedSlot(this.ledger, this.views, this.ledger.open(this, handle));
  }

  /** A worker process takes part. @param thresholdBytes its own, where its stage has one */
  tenant(port: TenantPort, thresholdBytes = this.options.thresholdBytes): Tenant {
    const { ledger, views } = this;
    const { workers } = this.options;
    const shareBytes = Math.floor(this.sizeBytes / 2 / Math.max(1, workers()));
    const onPayload = (isShared: boolean): void => void (isShared ? this.sharedPayloads++ : this.fallbacks++);
    return new Tenant({ ledger, views, shareBytes, thresholdBytes, port, onPayload });
  }

  freed(handle: SlotHandle): void {
    this.heap.free(handle);
  }

  /** The server has stopped. The mapping stays: a view of it that somebody kept must not end the process. */
  close(): void {
    if (this.closed) return;
    this.closed = true;
    if (this.ledger.openSlots === 0) this.native.discard(this.fd, this.sizeBytes);
    closeSync(this.fd);
  }

  /** Large payloads may need the room of several regions that were made for small ones. */
  private allocateInPlaceOfEmpty(length: number): SlotHandle | undefined {
    const empty = this.heap.removeEmpty();
    for (const region of empty) this.ledger.takeBack(region);
    return empty.length > 0 ? this.allocateInNewRegion(length) : undefined;
  }

  private allocateInNewRegion(length: number): SlotHandle | undefined {
    const shareBytes = this.sizeBytes / 2;
    const size = regionBytesFor(length, shareBytes - this.ledger.ownedBytes(this), shareBytes);
    const region = size > 0 ? this.ledger.give(this, size) : undefined;
    if (!region) return undefined;
    this.heap.add(region);
    return this.heap.allocate(length);
  }
}
