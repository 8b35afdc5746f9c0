import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { parseResponse, type RawResponse } from './raw-response.js';
import { waitFor } from './wait-for.js';

/** One connection on which a test decides when which bytes are sent. */
export class RawHttp {
  private received = Buffer.alloc(0);
  private closed = false;

  private constructor(readonly socket: Socket) {
    socket.on('data', (chunk: Buffer) => (this.received = Buffer.concat([this.received, chunk])));
    socket.on('error', () => undefined);
    socket.on('close', () => (this.closed = true));
  }

  static async connect(port: number): Promise<RawHttp> {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true });
    await once(socket, 'connect');
    return new RawHttp(socket);
  }

  /** Connects, sends the request and waits for its answer. */
  static async request(
    port: number,
    head: readonly [string, ...string[]],
    body: string | Uint8Array = '',
  ): Promise<RawResponse> {
    const http = await RawHttp.connect(port);
    http.sendHead(...head);
    http.send(body);
    const response = await http.response();
    http.destroy();
    return response;
  }

  /** Whether the server has closed the connection. */
  get isClosed(): boolean {
    return this.closed;
  }

  /** All that has come so far. */
  get text(): string {
    return this.received.toString('latin1');
  }

  /** Sends a request line and headers, `Host` included, and the blank line. */
  sendHead(requestLine: string, ...headers: readonly string[]): void {
    this.socket.write([`${requestLine} HTTP/1.1`, 'Host: localhost', ...headers, '', ''].join('\r\n'));
  }

  send(bytes: string | Uint8Array): void {
    if (bytes.length > 0) this.socket.write(bytes);
  }

  /** One chunk of a chunked body; an empty one is the last. */
  sendChunk(bytes: string | Uint8Array): void {
    const size = typeof bytes === 'string' ? Buffer.byteLength(bytes) : bytes.length;
    this.socket.write(`${size.toString(16)}\r\n`);
    this.send(bytes);
    this.socket.write('\r\n');
  }

  /** The next whole response, which is then taken off. */
  async response(timeoutMs?: number): Promise<RawResponse> {
    const response = await waitFor(() => parseResponse(this.received, this.closed), {
      what: `a whole response; so far: ${this.text}`,
      timeoutMs,
    });
    this.received = this.received.subarray(response.end);
    return response;
  }

  destroy(): void {
    this.socket.destroy();
  }
}
