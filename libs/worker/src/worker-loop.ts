import type { SlotHandle } from '#libs/contracts';
import type { WorkerMemory } from '#libs/memory';
import {
  decodeBatch,
  decodeCredit,
  decodeFree,
  decodeIndexes,
  decodeRegion,
  FrameType,
  type Frame,
} from '#libs/protocol';
import { BatchPort } from './batch-port.js';
import { EventTurn } from './event-turn.js';
import { ForwardQueue } from './forward-queue.js';
import type { FrameSink } from './frame-sink.js';
import type { StageExecutor } from './stage-executor.js';

/** Takes the frames of one channel: runs its batches, and reports on them in frames. */
export class WorkerLoop {
  private readonly queue: ForwardQueue;
  private readonly turn: EventTurn;
  private readonly readShared?: (handle: SlotHandle) => Uint8Array;

  constructor(
    private readonly executor: StageExecutor,
    private readonly sink: FrameSink,
    private readonly memory?: WorkerMemory,
    maxConcurrency = 1,
  ) {
    this.queue = new ForwardQueue(executor, maxConcurrency, () => sink.flush());
    this.turn = new EventTurn(() => sink.flush());
    if (memory) this.readShared = (handle) => memory.read(handle);
  }

  /** @throws ProtocolError on a malformed frame */
  accept(frame: Frame): void {
    if (frame.type === FrameType.Batch) this.run(frame);
    else if (frame.type === FrameType.Cancel) this.cancel(frame.batch, decodeIndexes(frame));
    else if (frame.type === FrameType.Credit) this.grant(frame);
    else if (frame.type === FrameType.Region) this.memory?.give(decodeRegion(frame));
    else if (frame.type === FrameType.Free) this.memory?.free(decodeFree(frame));
  }

  /** Resolves when nothing runs and nothing is queued. */
  idle(): Promise<void> {
    return this.queue.idle();
  }

  private run(frame: Frame): void {
    const port = new BatchPort(frame.batch, this.sink, this.memory);
    const calls = this.executor.callsOf(decodeBatch(frame, this.readShared), port, this.turn);
    this.queue.add({ id: frame.batch, calls, port });
  }

  private cancel(id: number, indexes?: readonly number[]): void {
    for (const [index, call] of this.queue.find(id)?.calls.entries() ?? []) {
      if (!indexes || indexes.includes(index)) call.cancel();
    }
  }

  private grant(frame: Frame): void {
    const { index, bytes } = decodeCredit(frame);
    this.queue.find(frame.batch)?.calls[index]?.grant(bytes);
  }
}
