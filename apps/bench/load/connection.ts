import { connect, type Socket } from 'node:net';

const HEAD_END = Buffer.from('\r\n\r\n');
const OK = 'HTTP/1.1 200 ';

export interface ConnectionOptions {
  readonly port: number;
  /** The whole request, head and body. */
  readonly request: Buffer;
  /** Body that every answer must have the length of. */
  readonly body: Buffer;
  /** @param latencyMs from the request's write to the last byte of its answer */
  readonly answered: (latencyMs: number) => void;
  readonly failed: (error: Error) => void;
}

/**
 * A keep-alive connection that sends its next request when the answer to the last one is complete. It knows just
 * enough HTTP for that, because the load generator shares the cores with the server and should take little of them.
 */
export class Connection {
  private readonly socket: Socket;
  private sentAt = 0;
  private received = 0;
  /** Bytes of the present answer, 0 before its head is complete. */
  private expected = 0;
  private head = '';
  private checked = false;

  constructor(private readonly options: ConnectionOptions) {
    this.socket = connect({ port: options.port, host: '127.0.0.1', noDelay: true }, () => this.send());
    this.socket.on('data', (chunk: Buffer) => this.receive(chunk));
    this.socket.on('error', options.failed);
    this.socket.on('end', () => options.failed(new Error('the server closed a connection')));
  }

  close(): void {
    this.socket.removeAllListeners('end').destroy();
  }

  private send(): void {
    this.received = this.expected = 0;
    this.head = '';
    this.sentAt = performance.now();
    this.socket.write(this.options.request);
  }

  private receive(chunk: Buffer): void {
    if (this.expected === 0) this.readHead(chunk);
    this.received += chunk.length;
    if (this.expected === 0 || this.received < this.expected) return;
    this.options.answered(performance.now() - this.sentAt);
    this.send();
  }

  private readHead(chunk: Buffer): void {
    const end = chunk.indexOf(HEAD_END);
    this.head += chunk.toString('latin1', 0, end < 0 ? chunk.length : end);
    if (end < 0) return;
    const { body, failed } = this.options;
    const length = Number(/content-length: *(\d+)/i.exec(this.head)?.[1]);
    const start = end + HEAD_END.length;
    this.expected = this.received + start + length;
    if (!this.head.startsWith(OK) || length !== body.length) failed(new Error(`unexpected answer: ${this.head}`));
    const part = chunk.subarray(start, start + length);
    if (!this.checked && !part.equals(body.subarray(0, part.length))) failed(new Error('the answer is no echo'));
    this.checked = true;
  }
}
