import type { FastifyReply } from 'fastify';
import type { EventFormat, MosecError, Streamed } from '#libs/contracts';
import type { ByteBudget } from '#libs/pipeline';
import { streamErrorText } from './error-text.js';
import { onProbe } from './half-close.js';
import type { StreamOptions } from './stream-options.js';
import { StreamPulse } from './stream-pulse.js';

/** Told by a stream what becomes of it. */
export interface EventStreamListener {
  /** The status and headers leave with the first event. */
  opened(): void;
  /** The client has taken so many bytes. */
  read(bytes: number): void;
  /** The client does not read: it is to be given up. */
  stalled(): void;
}

/**
 * An answer that is a stream of events. It writes to the bare response, as nothing that changes or gathers an answer may
 * come between; the stage is slowed by the response that does not take more.
 */
export class EventStream {
  private pulse?: StreamPulse;
  /** Bytes that the response has not got rid of; they count from the first that it could not take at once. */
  private waiting = 0;

  constructor(
    private readonly reply: FastifyReply,
    private readonly format: EventFormat,
    private readonly options: StreamOptions,
    /** Counts what waits for the client. */
    private readonly budget: ByteBudget,
    private readonly now: () => number,
    private readonly listener: EventStreamListener,
  ) {}

  /** From here on there is no other answer. */
  get isOpen(): boolean {
    return this.pulse !== undefined;
  }

  /** More events, as they are to be sent; none yet if it is empty. */
  write(events: Uint8Array): void {
    const { raw } = this.reply;
    const pulse = (this.pulse ??= this.open());
    if (events.length === 0) return raw.flushHeaders();
    // What waits is not to keep everything that came from the worker together with it.
    const isTaken = raw.write(this.waiting > 0 ? Buffer.from(events) : events);
    pulse.wrote(isTaken);
    if (isTaken) return this.listener.read(events.length);
    this.waiting += events.length;
    this.budget.take(events.length);
  }

  /** @param error told to the client in place of the end */
  end(error: MosecError | undefined): void {
    const { raw } = this.reply;
    const { format, options } = this;
    if (error) raw.end(format.write((options.errorEvent ?? textEvent)(error)));
    else if (options.endEvent === undefined) raw.end();
    else raw.end(format.write({ data: options.endEvent }));
    // What is left has to be read too.
    raw.off('drain', this.drained);
    this.pulse?.unread();
  }

  /** Ends the connection, whatever is unsent. */
  destroy(): void {
    this.reply.raw.destroy();
  }

  /** The response is closed. */
  closed(): void {
    this.pulse?.stop();
    this.budget.giveBack(this.waiting);
    this.waiting = 0;
  }

  private open(): StreamPulse {
    const { reply, format } = this;
    const { raw } = reply;
    reply.hijack();
    // With interceptors, Nest sends what they make of the handler's value.
    reply.send = () => reply;
    raw.writeHead(reply.statusCode, {
      'cache-control': 'no-cache',
      // Proxies that gather answers, as nginx does, pass this one on as it comes.
      'x-accel-buffering': 'no',
      vary: 'Accept',
      ...(reply.getHeaders() as Record<string, string>),
      'content-type': format.mediaType,
    });
    raw.on('drain', this.drained);
    onProbe(raw, () => this.beat());
    this.listener.opened();
    return new StreamPulse(this.options, this.now, {
      beat: () => this.beat(),
      stalled: () => this.listener.stalled(),
    });
  }

  private beat(): void {
    if (this.waiting === 0 && !this.reply.raw.writableEnded) this.reply.raw.write(this.format.comment);
  }

  private readonly drained = (): void => {
    const { waiting } = this;
    this.pulse?.read();
    if (waiting === 0) return;
    this.waiting = 0;
    this.budget.giveBack(waiting);
    this.listener.read(waiting);
  };
}

function textEvent(error: MosecError): Streamed {
  return { event: 'error', data: streamErrorText(error) };
}
