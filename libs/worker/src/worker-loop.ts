import type { ResultPort, SlotHandle } from '#libs/contracts';
import type { WorkerMemory } from '#libs/memory';
import { decodeBatch, decodeFree, decodeIndexes, decodeRegion, FrameType, type Frame } from '#libs/protocol';
import type { FrameSink } from './frame-sink.js';
import { ItemCall } from './item-call.js';
import { BatchPort } from './batch-port.js';
import type { StageExecutor } from './stage-executor.js';

interface QueuedBatch {
  readonly id: number;
  readonly calls: readonly ItemCall[];
  readonly port: ResultPort;
}

/** Runs the batches of one channel in order, one `forward` at a time. */
export class WorkerLoop {
  private readonly queue: QueuedBatch[] = [];
  private readonly readShared?: (handle: SlotHandle) => Uint8Array;
  private running?: QueuedBatch;
  private whenIdle?: () => void;

  constructor(
    private readonly executor: StageExecutor,
    private readonly sink: FrameSink,
    private readonly memory?: WorkerMemory,
  ) {
    if (memory) this.readShared = (handle) => memory.read(handle);
  }

  /** @throws ProtocolError on a malformed frame */
  accept(frame: Frame): void {
    if (frame.type === FrameType.Batch) {
      const calls = decodeBatch(frame, this.readShared).map((item) => new ItemCall(item));
      this.queue.push({ id: frame.batch, calls, port: new BatchPort(frame.batch, this.sink, this.memory) });
      if (!this.running) this.drain();
    } else if (frame.type === FrameType.Cancel) this.cancel(frame.batch, decodeIndexes(frame));
    else if (frame.type === FrameType.Region) this.memory?.give(decodeRegion(frame));
    else if (frame.type === FrameType.Free) this.memory?.free(decodeFree(frame));
  }

  /** Resolves when nothing runs and nothing is queued. */
  idle(): Promise<void> {
    if (!this.running) return Promise.resolve();
    return new Promise((resolve) => (this.whenIdle = resolve));
  }

  private drain(): void {
    for (let batch = this.queue.shift(); batch; batch = this.queue.shift()) {
      this.running = batch;
      const pending = this.executor.run(batch.calls, batch.port);
      if (pending) {
        // Results of the batch before must not wait for this one's begin frame: its decoding may take long.
        this.sink.flush();
        void pending.then(() => this.drain());
        return;
      }
    }
    this.running = undefined;
    this.sink.flush();
    this.whenIdle?.();
  }

  private cancel(id: number, indexes?: readonly number[]): void {
    const batch = this.running?.id === id ? this.running : this.queue.find((queued) => queued.id === id);
    for (const [index, call] of batch?.calls.entries() ?? []) {
      if (!indexes || indexes.includes(index)) call.cancel();
    }
  }
}
