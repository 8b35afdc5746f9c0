/** Words before the bytes: written and read so far (both modulo 2^32), messages posted, and whether the reader is told. */
const WRITTEN = 0;
const READ = 1;
const POSTED = 2;
const TOLD = 3;
const HEAD_BYTES = 16;

/** Memory for one ring; a power of two, so that positions may wrap at 2^32. */
const RING_BYTES = 256 << 10;

/**
 * Bytes from one thread to another through memory that both see. One side writes, the other reads, and neither waits.
 * What was written is there for the reader, whatever happens to the thread that wrote it.
 */
export class ByteRing {
  private readonly head: Int32Array;
  private readonly bytes: Uint8Array;

  constructor(readonly memory = new SharedArrayBuffer(HEAD_BYTES + RING_BYTES)) {
    this.head = new Int32Array(memory, 0, HEAD_BYTES / 4);
    this.bytes = new Uint8Array(memory, HEAD_BYTES);
  }

  /** @returns false, with nothing written, where there is no room */
  write(buffers: readonly Uint8Array[], length: number): boolean {
    const written = this.position(WRITTEN);
    const used = (written - this.position(READ)) >>> 0;
    if (length > this.bytes.length - used) return false;
    let at = written;
    for (const buffer of buffers) at = this.put(buffer, at);
    Atomics.store(this.head, WRITTEN, at);
    return true;
  }

  /** The writer's position: what is written before it comes before a message that is posted now. */
  get written(): number {
    return this.position(WRITTEN);
  }

  /** A message was posted: what is written from now on comes after it. */
  countPosted(): void {
    Atomics.add(this.head, POSTED, 1);
  }

  /** @returns whether the reader has to be told that there are bytes */
  tell(): boolean {
    return Atomics.exchange(this.head, TOLD, 1) === 0;
  }

  /** The reader looks now: it is to be told of what is written later. */
  looking(): void {
    Atomics.store(this.head, TOLD, 0);
  }

  /** Messages that the writer has posted so far. */
  get posted(): number {
    return this.position(POSTED);
  }

  /**
   * A copy of what was written up to `position`; undefined if there is nothing.
   * @throws RangeError when there cannot be so much
   */
  read(position: number): Buffer | undefined {
    const from = this.position(READ);
    const length = (position - from) >>> 0;
    if (length === 0) return undefined;
    if (length > this.bytes.length)
      throw new RangeError(`ring of ${this.bytes.length} bytes is said to hold ${length}`);
    const copy = Buffer.allocUnsafe(length);
    const start = from % this.bytes.length;
    const first = Math.min(length, this.bytes.length - start);
    copy.set(this.bytes.subarray(start, start + first));
    if (first < length) copy.set(this.bytes.subarray(0, length - first), first);
    Atomics.store(this.head, READ, position);
    return copy;
  }

  private put(buffer: Uint8Array, at: number): number {
    const start = (at >>> 0) % this.bytes.length;
    const first = this.bytes.length - start;
    if (buffer.length <= first) this.bytes.set(buffer, start);
    else {
      this.bytes.set(buffer.subarray(0, first), start);
      this.bytes.set(buffer.subarray(first), 0);
    }
    return (at + buffer.length) | 0;
  }

  private position(word: number): number {
    return Atomics.load(this.head, word) >>> 0;
  }
}
