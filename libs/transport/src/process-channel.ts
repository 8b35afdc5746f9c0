import type { Socket } from 'node:net';

/**
 * The gateway's writing side of one worker. Frames written in one turn of the event loop leave together.
 * A failed write is not an event here: the worker is gone, and the end of its result channel says so.
 */
export class ProcessChannel {
  private corked = false;

  constructor(private readonly socket: Socket) {
    socket.on('error', () => undefined);
  }

  write(buffers: readonly Uint8Array[]): void {
    if (this.socket.destroyed) return;
    if (!this.corked) {
      this.corked = true;
      this.socket.cork();
      setImmediate(this.uncork);
    }
    for (const buffer of buffers) this.socket.write(buffer);
  }

  close(): void {
    this.socket.destroy();
  }

  private readonly uncork = (): void => {
    this.corked = false;
    this.socket.uncork();
  };
}
