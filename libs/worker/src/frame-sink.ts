import { writevSync } from 'node:fs';

/** Waits on this when the other side has not read yet and the descriptor does not block by itself. */
const PAUSE = new Int32Array(new SharedArrayBuffer(4));
const FLUSH_BYTES = 64 << 10;

/**
 * Writes frames to the gateway. Frames gather until a flush, so that the results of one batch and the begin of
 * the next leave in one write. Writing is synchronous on purpose: what was flushed is in the kernel, and stays
 * readable for the gateway whatever happens to this process next.
 */
export class FrameSink {
  private pending: Uint8Array[] = [];
  private pendingBytes = 0;

  constructor(private readonly fd: number) {}

  write(...buffers: readonly Uint8Array[]): void {
    for (const buffer of buffers) {
      this.pending.push(buffer);
      this.pendingBytes += buffer.length;
    }
    if (this.pendingBytes >= FLUSH_BYTES) this.flush();
  }

  /** @throws the system error when the gateway is gone (`EPIPE`) */
  flush(): void {
    let buffers = this.pending;
    if (buffers.length === 0) return;
    this.pending = [];
    this.pendingBytes = 0;
    while (buffers.length > 0) buffers = skip(buffers, this.writeSome(buffers));
  }

  private writeSome(buffers: readonly Uint8Array[]): number {
    try {
      return writevSync(this.fd, buffers.slice(0, 1024));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
      Atomics.wait(PAUSE, 0, 0, 1);
      return 0;
    }
  }
}

function skip(buffers: Uint8Array[], written: number): Uint8Array[] {
  let first = 0;
  while (first < buffers.length && written >= (buffers[first] as Uint8Array).length) {
    written -= (buffers[first] as Uint8Array).length;
    first++;
  }
  const rest = buffers.slice(first);
  if (written > 0 && rest[0]) rest[0] = rest[0].subarray(written);
  return rest;
}
