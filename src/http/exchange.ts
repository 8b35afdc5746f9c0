import type { FastifyReply, FastifyRequest } from 'fastify';
import type { IncomingMessage } from 'node:http';
import { MosecError, type Codec, type Streamed } from '#libs/contracts';
import { BodyReader } from './body-reader.js';
import type { ContentCoding } from './content-coding.js';
import { EventAnswer } from './event-answer.js';
import type { ExchangeOptions } from './exchange-options.js';
import { closeAfter, isClosed } from './http2-stream.js';
import { encodeInterceptedAnswer } from './intercepted-answer.js';
import { requestTimeout } from './request-timeout.js';

/**
 * One request of a route that calls pipelines through their clients: its body, its limits and its end are those of a
 * pipeline route.
 */
export class Exchange {
  readonly id: string;
  private readonly endpoint: string;
  private readonly startedAt: number;
  private readonly left = new AbortController();
  private heldBytes = 0;
  private deadline = Infinity;
  private reader?: BodyReader;
  private events?: EventAnswer;
  private answered = false;
  private isClosed = false;

  constructor(
    private readonly options: ExchangeOptions,
    private readonly request: FastifyRequest,
    private readonly reply: FastifyReply,
  ) {
    this.id = String(reply.getHeader('x-request-id'));
    this.endpoint = request.routeOptions.url ?? '';
    this.startedAt = options.now();
    if (isClosed(reply.raw)) this.closed();
    else reply.raw.on('close', this.closed);
  }

  /** Aborts when nobody waits for the answer any more. */
  get signal(): AbortSignal {
    return this.left.signal;
  }

  /** Milliseconds left until the deadline, which counts from the end of the body. */
  get remainingMs(): number {
    return this.deadline - this.options.now();
  }

  /**
   * The whole body, its content codings undone.
   * @throws MosecError when it is too large, too slow, in a coding that is not taken, or the client has left
   */
  async body(): Promise<Buffer> {
    const { options, request } = this;
    const timeoutMs = requestTimeout(request.headers['x-request-timeout'], options.timeoutMs);
    const codings = this.codings();
    const body = await new Promise<Buffer>((resolve, reject) => {
      const reader = new BodyReader(request.body as IncomingMessage, options, this.startedAt, (error, bytes) => {
        this.hold(reader.bodyBytes);
        if (error) reject(error);
        else resolve(bytes as Buffer);
      });
      this.reader = reader;
      if (this.isClosed) reader.cancel();
      else reader.read(request.headers['content-length'], codings);
    });
    this.deadline = options.now() + timeoutMs;
    return body;
  }

  /** Has the value that the handler returns encoded by `codec`, compressed and counted. */
  encodeWith(codec: Codec): void {
    const { options, reply } = this;
    this.give();
    encodeInterceptedAnswer(reply, codec, options.compression, {
      sent: (statusCode) => this.record(statusCode),
      failed: (error) => this.failed(error),
    });
  }

  /** Answers with server-sent events: the head leaves with the first. @param errorEvent tells the client of an error */
  eventAnswer(errorEvent: (error: MosecError) => Streamed): EventAnswer {
    this.events = new EventAnswer(this.options, this.reply, errorEvent, {
      opened: () => this.release(),
      stalled: () => {
        this.left.abort(new MosecError('the client does not read', 408, 'SLOW_CLIENT'));
        this.reply.raw.destroy();
      },
      ended: (error) => {
        this.give();
        if (!this.isClosed) this.record(error?.statusCode ?? this.reply.statusCode);
      },
    });
    return this.events;
  }

  /** Counts an answer that is an error. @returns the error */
  failed(error: MosecError): MosecError {
    this.give();
    if (error.code !== 'CANCELLED') this.record(error.statusCode);
    return error;
  }

  private record(statusCode: number): void {
    const { options } = this;
    options.answered(this.endpoint, statusCode, options.now() - this.startedAt);
  }

  private codings(): readonly ContentCoding[] {
    const { request, options } = this;
    try {
      // Any other body comes from a plug-in of the application that has decompressed it.
      const isAsSent = request.body === request.raw;
      return options.requestCodings.undoing(isAsSent ? request.headers['content-encoding'] : undefined);
    } catch (error) {
      options.uploads.discard(request.body as IncomingMessage);
      throw error;
    }
  }

  /** The answer is there; whether anybody reads it is another matter. */
  private give(): void {
    if (this.answered) return;
    const { answers } = this.options;
    this.answered = true;
    if (this.isClosed) return;
    answers.given();
    if (answers.isDraining && !this.reply.raw.headersSent) closeAfter(this.reply);
  }

  /** The bytes count until the response is closed. */
  private hold(bytes: number): void {
    if (this.isClosed) this.options.budget.giveBack(bytes);
    else this.heldBytes += bytes;
  }

  private release(): void {
    this.options.budget.giveBack(this.heldBytes);
    this.heldBytes = 0;
  }

  /** Every response closes in the end; what is not answered by then, nobody waits for. */
  private readonly closed = (): void => {
    this.isClosed = true;
    this.release();
    if (this.answered) this.options.answers.sent();
    else this.left.abort(new MosecError('the client went away', 499, 'CANCELLED'));
    this.reader?.cancel();
    this.events?.closed();
  };
}
