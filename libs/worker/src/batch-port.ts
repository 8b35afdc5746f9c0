import type { ResultPort } from '#libs/contracts';
import { encodeIndexes, encodeResults, FrameType, type ItemResult } from '#libs/protocol';
import type { FrameSink } from './frame-sink.js';

/** Reports one batch as frames. */
export class BatchPort implements ResultPort {
  private results: ItemResult[] = [];

  constructor(
    private readonly batch: number,
    private readonly sink: FrameSink,
  ) {}

  /** The begin frame is in the kernel before `forward` is entered: that is what a crash report relies on. */
  begun(indexes?: readonly number[]): void {
    if (this.results.length > 0) this.writeResults(false);
    this.sink.write(encodeIndexes(FrameType.Begin, this.batch, indexes));
    this.sink.flush();
  }

  settled(index: number, ok: boolean, payload: Uint8Array): void {
    this.results.push({ index, ok, payload });
  }

  finished(): void {
    this.writeResults(true);
  }

  private writeResults(last: boolean): void {
    this.sink.write(...encodeResults(this.batch, this.results, last));
    this.results = [];
  }
}
