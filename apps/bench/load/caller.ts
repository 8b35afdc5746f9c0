import { connect, type Socket } from 'node:net';

const HEAD_END = '\r\n\r\n';

/** What a caller tells of the requests that it sends. */
export interface CallerListener {
  /** The answer is complete; the caller can be used again. @param sentAt when its request was due */
  answered(caller: Caller, status: number, sentAt: number): void;
  /** The connection ended without an answer. */
  lost(caller: Caller): void;
}

/** A keep-alive connection for one request at a time, whatever the status of the answer. */
export class Caller {
  private readonly socket: Socket;
  private sentAt = 0;
  private text = '';

  constructor(
    port: number,
    private readonly request: Buffer,
    private readonly listener: CallerListener,
  ) {
    this.socket = connect({ port, host: '127.0.0.1', noDelay: true });
    this.socket.setEncoding('latin1').on('data', (chunk: string) => this.receive(chunk));
    this.socket.on('error', () => undefined).on('close', () => listener.lost(this));
  }

  call(sentAt: number): void {
    this.sentAt = sentAt;
    this.text = '';
    this.socket.write(this.request);
  }

  close(): void {
    this.socket.removeAllListeners('close').destroy();
  }

  private receive(chunk: string): void {
    this.text += chunk;
    const headEnd = this.text.indexOf(HEAD_END);
    if (headEnd < 0) return;
    const length = Number(/content-length: *(\d+)/i.exec(this.text)?.[1]);
    if (this.text.length < headEnd + HEAD_END.length + length) return;
    this.listener.answered(this, Number(this.text.slice(9, 12)), this.sentAt);
  }
}
