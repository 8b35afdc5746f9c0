import { connect, type Socket } from 'node:net';
import type { Exchange } from './exchange.js';

const HEAD_END = '\r\n\r\n';
const STATUS_AT = 'HTTP/1.1 '.length;
/** Every so many answers the content is compared with what was sent; the first one always. */
const CHECK_EVERY = 128;

export interface ConnectionOptions {
  readonly port: number;
  readonly exchange: Exchange;
  /** Where answers are read into; connections may share it. */
  readonly readBuffer: Buffer;
  /** @param latencyMs from the request's write to the last byte of its answer */
  readonly answered: (latencyMs: number) => void;
  /** @param error what was wrong with an answer, or why there is none */
  readonly failed: (error: string) => void;
}

/**
 * A keep-alive connection that sends its next request when the answer to the last one is complete. It knows just
 * enough HTTP for that, because the load generator shares the cores with the server and should take little of them.
 */
export class Connection {
  private readonly socket: Socket;
  private sentAt = 0;
  private answers = 0;
  /** Bytes of the present answer's body so far. */
  private received = 0;
  /** Length of the present answer's body, -1 before its head is complete. */
  private expected = -1;
  private head = '';
  private error: string | undefined;

  constructor(private readonly options: ConnectionOptions) {
    const { port, readBuffer, failed } = options;
    const callback = (bytes: number): boolean => {
      this.receive(readBuffer.subarray(0, bytes));
      return true;
    };
    const onread = { buffer: readBuffer, callback };
    this.socket = connect({ port, host: '127.0.0.1', noDelay: true, onread }, () => this.send());
    this.socket.on('error', ({ message }) => failed(message));
    this.socket.on('end', () => failed('the server closed a connection'));
  }

  close(): void {
    this.socket.removeAllListeners('end').destroy();
  }

  private send(): void {
    const { first, rest } = this.options.exchange;
    this.received = 0;
    this.expected = -1;
    this.head = '';
    this.error = undefined;
    this.sentAt = performance.now();
    if (rest.length === 0) return void this.socket.write(first);
    this.socket.cork();
    this.socket.write(first);
    this.socket.write(rest);
    this.socket.uncork();
  }

  private receive(chunk: Buffer): void {
    const part = this.expected < 0 ? this.readHead(chunk) : chunk;
    if (this.expected < 0) return;
    this.check(part);
    this.received += part.length;
    if (this.received < this.expected) return;
    this.answers++;
    if (this.error === undefined) this.options.answered(performance.now() - this.sentAt);
    else this.options.failed(this.error);
    if (!this.socket.destroyed) this.send();
  }

  /** @returns the bytes of the body that came with the end of the head */
  private readHead(chunk: Buffer): Buffer {
    const found = chunk.indexOf(HEAD_END);
    const before = this.head.length;
    this.head += chunk.toString('latin1', 0, found < 0 ? chunk.length : found + HEAD_END.length);
    // The blank line may lie across two chunks.
    const end = this.head.indexOf(HEAD_END);
    if (end < 0) return chunk;
    const { bodyBytes } = this.options.exchange;
    this.expected = Number(/content-length: *(\d+)/i.exec(this.head)?.[1] ?? 0);
    const status = this.head.slice(STATUS_AT, STATUS_AT + 3);
    if (status !== '200') this.error = `status ${status}`;
    else if (this.expected !== bodyBytes) this.error = `${this.expected} bytes instead of ${bodyBytes}`;
    return chunk.subarray(end + HEAD_END.length - before);
  }

  private check(part: Buffer): void {
    if (this.error !== undefined || this.answers % CHECK_EVERY !== 0) return;
    if (!this.options.exchange.matches(part, this.received)) this.error = 'the answer is no echo';
  }
}
