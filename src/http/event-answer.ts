import type { FastifyReply } from 'fastify';
import type { EventFormat, MosecError, Streamed } from '#libs/contracts';
import { EventStream } from './event-stream.js';
import type { ExchangeOptions } from './exchange-options.js';
import type { StreamOptions } from './stream-options.js';

/** Told by an answer of events what becomes of it. */
export interface EventAnswerListener {
  /** The status and headers leave with the first event. */
  opened(): void;
  /** The client does not read: it is to be given up. */
  stalled(): void;
  ended(error: MosecError | undefined): void;
}

/** An answer of server-sent events whose writer waits for its client. */
export class EventAnswer {
  private readonly format: EventFormat;
  private readonly stream: EventStream;
  private unread = 0;
  private isClosed = false;
  private resume?: (() => void) | undefined;

  constructor(
    options: ExchangeOptions,
    reply: FastifyReply,
    errorEvent: (error: MosecError) => Streamed,
    private readonly listener: EventAnswerListener,
  ) {
    const stream = { ...(options.stream as StreamOptions), errorEvent };
    this.format = stream.formats[0] as EventFormat;
    this.stream = new EventStream(reply, this.format, stream, options.budget, options.now, {
      opened: () => listener.opened(),
      stalled: () => listener.stalled(),
      read: (bytes) => this.read(bytes),
    });
  }

  /** From here on there is no other answer. */
  get isOpen(): boolean {
    return this.stream.isOpen;
  }

  /** Sends events; resolves when the client has room for more. */
  async send(...events: readonly Streamed[]): Promise<void> {
    if (this.isClosed) return;
    const bytes = Buffer.from(events.map((event) => this.format.write(event)).join(''));
    this.unread += bytes.length;
    this.stream.write(bytes);
    if (this.unread > 0) await new Promise<void>((resolve) => (this.resume = resolve));
  }

  /** @param error told to the client in place of the end */
  end(error?: MosecError): void {
    this.listener.ended(error);
    if (!this.isClosed) this.stream.end(error);
  }

  /** The response is closed: nobody is waited for any more. */
  closed(): void {
    this.isClosed = true;
    this.stream.closed();
    this.read(this.unread);
  }

  private read(bytes: number): void {
    this.unread -= bytes;
    if (this.unread > 0) return;
    this.resume?.();
    this.resume = undefined;
  }
}
