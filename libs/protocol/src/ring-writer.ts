import type { ByteRing } from './byte-ring.js';
import { joinBuffers } from './join-buffers.js';

/** From this size on, bytes are handed over in a message, which copies them once and not twice. */
const LARGE_BYTES = 32 << 10;

/** The part of a `MessagePort` that is needed. */
export interface Port {
  postMessage(value: unknown, transfer?: readonly ArrayBuffer[]): void;
}

/** Bytes that did not go through the ring, and where among those that did they belong. */
export interface LargeMessage {
  readonly after: number;
  readonly bytes: Uint8Array;
}

/** Sends bytes to another thread: small ones through a ring, large ones and what finds no room in messages. */
export class RingWriter {
  constructor(
    private readonly port: Port,
    private readonly ring: ByteRing,
  ) {}

  write(buffers: readonly Uint8Array[]): void {
    let length = 0;
    for (const buffer of buffers) length += buffer.length;
    if (length >= LARGE_BYTES || !this.ring.write(buffers, length)) this.post(buffers);
    else if (this.ring.tell()) this.port.postMessage(null);
  }

  private post(buffers: readonly Uint8Array[]): void {
    const bytes = joinBuffers(buffers);
    const message: LargeMessage = { after: this.ring.written, bytes };
    this.port.postMessage(message, [bytes.buffer]);
    this.ring.countPosted();
  }
}
