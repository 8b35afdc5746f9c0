import { receiveMessageOnPort, type MessagePort } from 'node:worker_threads';
import { RingReader, RingWriter, type ByteRing } from '#libs/protocol';

export interface ThreadChannelParts {
  readonly port: MessagePort;
  readonly toThread: ByteRing;
  readonly fromThread: ByteRing;
  readonly onBytes: (bytes: Buffer) => void;
  /** What came was not sent by a worker. */
  readonly onNonsense: (why: string) => void;
}

/** The gateway's end of the connection to one worker thread. */
export class ThreadChannel {
  private readonly port: MessagePort;
  private readonly writer: RingWriter;
  private readonly reader: RingReader;
  private readonly onNonsense: (why: string) => void;

  constructor({ port, toThread, fromThread, onBytes, onNonsense }: ThreadChannelParts) {
    this.port = port;
    this.onNonsense = onNonsense;
    this.writer = new RingWriter(port, toThread);
    this.reader = new RingReader(fromThread, () => receiveMessageOnPort(port), onBytes);
    port.on('message', (message: unknown) => this.guard(() => this.reader.accept(message)));
  }

  /** Bytes to a thread that has ended go nowhere, which is no error. */
  write(buffers: readonly Uint8Array[]): void {
    this.writer.write(buffers);
  }

  /** Reads what a thread that has ended left behind, then closes the port. */
  end(): void {
    this.guard(() => {
      for (let left = receiveMessageOnPort(this.port); left; left = receiveMessageOnPort(this.port)) {
        this.reader.accept(left.message);
      }
      this.reader.drain();
    });
    this.port.close();
  }

  /** User code runs in that thread, so anything may come. */
  private guard(read: () => void): void {
    try {
      read();
    } catch (error) {
      this.onNonsense((error as Error).message);
    }
  }
}
