import { HEADER_BYTES, type Frame } from './frame.js';
import { MAX_FRAME_BYTES } from './limits.js';
import { ProtocolError } from './protocol.error.js';

/**
 * Cuts a byte stream into frames. A frame that arrives whole is a view of the chunk; one that spans chunks is
 * copied once. Memory grows with the bytes received, never with what the peer announces.
 */
export class FrameReader {
  private chunks: Buffer[] = [];
  private buffered = 0;
  private needed = HEADER_BYTES;

  constructor(
    private readonly onFrame: (frame: Frame) => void,
    private readonly maxFrameBytes = MAX_FRAME_BYTES,
  ) {}

  /** @throws ProtocolError when the peer announces more than `maxFrameBytes` */
  push(chunk: Buffer): void {
    if (this.buffered > 0) {
      this.chunks.push(chunk);
      this.buffered += chunk.length;
      if (this.buffered < this.needed) return;
      chunk = Buffer.concat(this.chunks, this.buffered);
      this.chunks = [];
      this.buffered = 0;
    }
    this.cut(chunk);
  }

  /** True when the stream may end here without losing part of a frame. */
  get atBoundary(): boolean {
    return this.buffered === 0;
  }

  private cut(chunk: Buffer): void {
    let offset = 0;
    while (chunk.length - offset >= HEADER_BYTES) {
      const bodyBytes = chunk.readUInt32LE(offset);
      if (bodyBytes > this.maxFrameBytes) {
        throw new ProtocolError(`frame of ${bodyBytes} bytes announced, at most ${this.maxFrameBytes} are accepted`);
      }
      const end = offset + HEADER_BYTES + bodyBytes;
      if (end > chunk.length) {
        this.keep(chunk, offset, HEADER_BYTES + bodyBytes);
        return;
      }
      this.onFrame({
        type: chunk[offset + 4] as number,
        flags: chunk[offset + 5] as number,
        count: chunk.readUInt16LE(offset + 6),
        batch: chunk.readUInt32LE(offset + 8),
        body: chunk.subarray(offset + HEADER_BYTES, end),
      });
      offset = end;
    }
    if (offset < chunk.length) this.keep(chunk, offset, HEADER_BYTES);
  }

  private keep(chunk: Buffer, offset: number, needed: number): void {
    const rest = offset === 0 ? chunk : chunk.subarray(offset);
    this.chunks = [rest];
    this.buffered = rest.length;
    this.needed = needed;
  }
}
