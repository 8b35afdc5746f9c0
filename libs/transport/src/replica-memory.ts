import type { MemoryRegion, SharedBytes, SlotHandle, WorkItem } from '#libs/contracts';
import type { GatewayMemory, Tenant } from '#libs/memory';
import { encodeFree, encodeRegion, ProtocolError, type InitMessage } from '#libs/protocol';

/** What one worker process has of the shared memory: the inputs that it may be reading, and the regions that it fills. */
export class ReplicaMemory {
  /** By batch and index. An input stays until the worker has answered it or died, also if nobody waits for it. */
  private readonly inputs = new Map<number, (SharedBytes | undefined)[]>();
  private tenant?: Tenant;

  constructor(
    private readonly memory: GatewayMemory,
    private readonly write: (buffers: readonly Uint8Array[]) => void,
    private readonly init: Pick<InitMessage, 'sharedMemory'> = {},
  ) {}

  /** Whether the worker reads and fills slots. */
  get isOn(): boolean {
    return this.tenant !== undefined;
  }

  /** The worker says that it has mapped the memory. */
  turnOn(): void {
    const port = {
      give: (region: MemoryRegion) => this.write([encodeRegion(region)]),
      free: (handles: readonly SlotHandle[]) => this.write([encodeFree(handles)]),
    };
    this.tenant ??= this.memory.tenant(port, this.init.sharedMemory?.thresholdBytes);
  }

  /** Before a batch is written. */
  sending(batch: number, items: readonly WorkItem[]): void {
    this.tenant?.flush();
    if (!items.some(({ shared }) => shared)) return;
    for (const { shared } of items) shared?.hold();
    this.inputs.set(
      batch,
      items.map(({ shared }) => shared),
    );
  }

  answered(batch: number, index: number): void {
    const inputs = this.inputs.get(batch);
    inputs?.[index]?.release();
    if (inputs) inputs[index] = undefined;
  }

  finished(batch: number): void {
    for (const shared of this.inputs.get(batch) ?? []) shared?.release();
    this.inputs.delete(batch);
  }

  /**
   * Where a result lies, held once; undefined when it came inline.
   * @throws BadHandleError when it cannot lie there
   */
  result(inlineBytes: number, handle: SlotHandle | undefined): SharedBytes | undefined {
    if (!handle) {
      this.tenant?.cameInline(inlineBytes);
      return undefined;
    }
    if (!this.tenant) throw new ProtocolError('result is in shared memory, and this worker has none');
    return this.tenant.claim(handle);
  }

  /** The process is gone: it reads and writes nothing any more. */
  ended(): void {
    for (const batch of [...this.inputs.keys()]) this.finished(batch);
    this.tenant?.close();
  }
}
