import type { MemoryRegion, SlotHandle } from '#libs/contracts';
import type { NativeMemory } from './native-memory.js';
import { SlotHeap } from './slot-heap.js';
import { SlotViews } from './slot-views.js';

export interface WorkerMemoryOptions {
  /** Inherited descriptor of the memory. */
  readonly fd: number;
  /** Where this process has mapped it already: a thread uses that, as a mapping is never given back. */
  readonly address?: bigint | undefined;
  readonly sizeBytes: number;
  /** Smallest payload that is put into shared memory, in bytes. */
  readonly thresholdBytes: number;
}

/** The shared memory of the server, in a worker: views of what it is sent, and the slots that it fills itself. */
export class WorkerMemory {
  private readonly heap = new SlotHeap();
  private readonly views: SlotViews;

  /** @throws an error that says why there can be no shared memory */
  constructor(
    private readonly options: WorkerMemoryOptions,
    native: NativeMemory,
  ) {
    const base = options.address ?? native.map(options.fd, options.sizeBytes);
    this.views = new SlotViews((offset, length) => native.view(base + BigInt(offset), length));
  }

  /** The bytes behind a handle, valid until the gateway is told that they are done with. */
  read({ offset, length }: SlotHandle): Buffer {
    if (offset + length > this.options.sizeBytes)
      throw new RangeError(`slot at ${offset} is outside the shared memory`);
    return this.views.bytes(offset, length);
  }

  /** Copies a payload into a slot of its own; undefined where it is better sent inline, or there is no room. */
  store(parts: readonly Uint8Array[]): SlotHandle | undefined {
    const length = parts.reduce((sum, part) => sum + part.length, 0);
    if (length < this.options.thresholdBytes || length === 0) return undefined;
    const handle = this.heap.allocate(length);
    if (handle) this.views.write(handle.offset, parts, length);
    return handle;
  }

  /** One more region to fill. */
  give(region: MemoryRegion): void {
    this.heap.add(region);
  }

  /** Nobody needs these slots any more. */
  free(handles: readonly SlotHandle[]): void {
    for (const handle of handles) this.heap.free(handle);
  }
}
