import type { ResultPort } from '#libs/contracts';
import type { WorkerMemory } from '#libs/memory';
import { encodeEvents, encodeIndexes, encodeResults, FrameType, joinParts, type ItemResult } from '#libs/protocol';
import type { FrameSink } from './frame-sink.js';

const NOTHING = new Uint8Array(0);

/** Reports one batch as frames. */
export class BatchPort implements ResultPort {
  private results: ItemResult[] = [];

  constructor(
    private readonly batch: number,
    private readonly sink: FrameSink,
    private readonly memory?: WorkerMemory,
  ) {}

  /** The begin frame is in the kernel before `forward` is entered: that is what a crash report relies on. */
  begun(indexes?: readonly number[]): void {
    if (this.results.length > 0) this.writeResults(false);
    this.sink.write(encodeIndexes(FrameType.Begin, this.batch, indexes));
    this.sink.flush();
  }

  streamed(index: number, count: number, payload: Uint8Array): void {
    this.sink.write(...encodeEvents(this.batch, index, count, payload));
  }

  settled(index: number, ok: boolean, payload: Uint8Array | readonly Uint8Array[], stored = false): void {
    const handle = ok && !stored ? this.memory?.store(payload instanceof Uint8Array ? [payload] : payload) : undefined;
    if (handle) this.results.push({ index, ok, payload: NOTHING, handle });
    else this.results.push({ index, ok, payload: joinParts(payload), stored });
  }

  finished(): void {
    this.writeResults(true);
  }

  private writeResults(last: boolean): void {
    this.sink.write(...encodeResults(this.batch, this.results, last));
    this.results = [];
  }
}
