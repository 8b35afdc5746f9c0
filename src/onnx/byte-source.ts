import { fstatSync, readSync } from 'node:fs';

/** What is read at once: most fields that count are short and lie together. */
const CHUNK_BYTES = 64 * 1024;

/** Bytes of a file of any size, of which only the parts in demand are read. */
export class ByteSource {
  readonly length: number;
  private chunk: Buffer = Buffer.alloc(0);
  private chunkStart = 0;

  constructor(private readonly descriptor: number) {
    this.length = fstatSync(descriptor).size;
  }

  at(position: number): number {
    const inChunk = position - this.chunkStart;
    if (inChunk >= 0 && inChunk < this.chunk.length) return this.chunk[inChunk] as number;
    this.chunk = this.read(position, Math.min(CHUNK_BYTES, this.length - position));
    this.chunkStart = position;
    return this.chunk[0] as number;
  }

  read(position: number, length: number): Buffer {
    const bytes = Buffer.alloc(length);
    let filled = 0;
    while (filled < length) {
      const count = readSync(this.descriptor, bytes, filled, length - filled, position + filled);
      if (count === 0) throw new Error('it ends too early');
      filled += count;
    }
    return bytes;
  }
}
