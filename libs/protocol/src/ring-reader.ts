import type { ByteRing } from './byte-ring.js';
import { ProtocolError } from './protocol.error.js';
import type { LargeMessage } from './ring-writer.js';

/** Receives what a `RingWriter` sends, in the order in which it was sent. */
export class RingReader {
  private received = 0;

  /** @param next takes the next message off the port, undefined if there is none */
  constructor(
    private readonly ring: ByteRing,
    private readonly next: () => { message: unknown } | undefined,
    private readonly onBytes: (bytes: Buffer) => void,
  ) {}

  /**
   * A message has come.
   * @throws ProtocolError when no `RingWriter` sent it
   */
  accept(message: unknown): void {
    this.take(message);
    this.drain();
  }

  /** Everything that was sent so far. */
  drain(): void {
    for (;;) {
      // In this order: what was written before a message that is not counted yet comes before that message.
      const { written } = this.ring;
      // A message that was taken may not be counted yet.
      if (((this.ring.posted - this.received) | 0) <= 0) return this.deliver(this.ring.read(written));
      const next = this.next();
      if (!next) throw new ProtocolError('message was counted and not sent');
      this.take(next.message);
    }
  }

  /** Each message that is taken may be the one by which this side was told, so it is to be told again. */
  private take(message: unknown): void {
    this.ring.looking();
    if (message === null) return;
    const { after, bytes } = (message ?? {}) as Partial<LargeMessage>;
    if (typeof after !== 'number' || !(bytes instanceof Uint8Array)) throw new ProtocolError('message without bytes');
    this.received = (this.received + 1) >>> 0;
    this.deliver(this.ring.read(after));
    this.deliver(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length));
  }

  private deliver(bytes: Buffer | undefined): void {
    if (bytes) this.onBytes(bytes);
  }
}
