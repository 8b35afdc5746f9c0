/** Regions are cut into chunks of this many bytes. */
export const CHUNK_BYTES = 256 << 10;

/** Chunks that hold slots of one size. Offsets are relative to the region. */
interface Run {
  readonly capacity: number;
  readonly chunks: number;
  readonly slots: number;
  readonly free: number[];
}

/** Free and taken slots of one region. A run of chunks belongs to one size class as long as one of its slots is taken. */
export class SlotAllocator {
  private readonly runs: (Run | undefined)[];
  /** Runs with a free slot, by size class. */
  private readonly open = new Map<number, Run[]>();

  /** @param sizeBytes a multiple of the chunk */
  constructor(sizeBytes: number) {
    this.runs = Array.from({ length: sizeBytes / CHUNK_BYTES }, () => undefined);
  }

  /**
   * @param capacity a size class
   * @returns the offset of a slot of that size, undefined when there is no room
   */
  allocate(capacity: number): number | undefined {
    const open = this.openRuns(capacity);
    const run = open.at(-1) ?? this.cut(capacity, open);
    const offset = run?.free.pop();
    if (run?.free.length === 0) open.pop();
    return offset;
  }

  /** @param offset of a slot that was allocated and not released since */
  release(offset: number): void {
    const run = this.runs[Math.floor(offset / CHUNK_BYTES)] as Run;
    const open = this.openRuns(run.capacity);
    run.free.push(offset);
    if (run.free.length === run.slots) this.uncut(run, open);
    else if (run.free.length === 1) open.push(run);
  }

  private openRuns(capacity: number): Run[] {
    let open = this.open.get(capacity);
    if (!open) this.open.set(capacity, (open = []));
    return open;
  }

  private cut(capacity: number, open: Run[]): Run | undefined {
    const slots = Math.max(1, Math.floor(CHUNK_BYTES / capacity));
    const chunks = Math.ceil(capacity / CHUNK_BYTES);
    const first = this.findChunks(chunks);
    if (first < 0) return undefined;
    const start = first * CHUNK_BYTES;
    // The lowest offset is on top: memory that was used before is used again first.
    const free = Array.from({ length: slots }, (_, i) => start + (slots - 1 - i) * capacity);
    const run: Run = { capacity, chunks, slots, free };
    this.runs.fill(run, first, first + chunks);
    open.push(run);
    return run;
  }

  private uncut(run: Run, open: Run[]): void {
    const first = this.runs.indexOf(run);
    this.runs.fill(undefined, first, first + run.chunks);
    const place = open.indexOf(run);
    if (place >= 0) open.splice(place, 1);
  }

  /** The first of `count` neighbouring chunks without a run, or -1. */
  private findChunks(count: number): number {
    let length = 0;
    for (let i = 0; i < this.runs.length; i++) {
      length = this.runs[i] ? 0 : length + 1;
      if (length === count) return i - count + 1;
    }
    return -1;
  }
}
