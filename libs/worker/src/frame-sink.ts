const FLUSH_BYTES = 64 << 10;

/**
 * Frames on their way to the gateway. They gather until a flush, so that the results of one batch and the begin of the
 * next leave in one write. Sending is synchronous on purpose: what was flushed stays readable for the gateway whatever
 * happens to this worker next.
 */
export class FrameSink {
  private pending: Uint8Array[] = [];
  private pendingBytes = 0;

  /** @param send returns when the bytes are where this worker's death does not reach them */
  constructor(private readonly send: (buffers: readonly Uint8Array[]) => void) {}

  write(...buffers: readonly Uint8Array[]): void {
    for (const buffer of buffers) {
      this.pending.push(buffer);
      this.pendingBytes += buffer.length;
    }
    if (this.pendingBytes >= FLUSH_BYTES) this.flush();
  }

  /** @throws the system error when the gateway is gone (`EPIPE`) */
  flush(): void {
    const buffers = this.pending;
    if (buffers.length === 0) return;
    this.pending = [];
    this.pendingBytes = 0;
    this.send(buffers);
  }
}
