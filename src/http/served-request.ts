import type { FastifyReply, FastifyRequest } from 'fastify';
import type { IncomingMessage } from 'node:http';
import {
  MosecError,
  type Codec,
  type EventFormat,
  type Outcome,
  type RequestTrace,
  type SharedBytes,
  type StageTiming,
} from '#libs/contracts';
import type { StreamRequest } from '#libs/pipeline';
import type { AnswerCompression } from './answer-compression.js';
import { beginTrace } from './begin-trace.js';
import { BodyReader } from './body-reader.js';
import { callContext } from './call-context.js';
import { ACCEPTED, answerDeferred, isDeferred } from './deferred-answer.js';
import { setErrorHeaders } from './error-headers.js';
import { eventFormatFor } from './event-format-for.js';
import { EventStream } from './event-stream.js';
import { closeAfter, isClosed, streamOf } from './http2-stream.js';
import { encodeInterceptedAnswer } from './intercepted-answer.js';
import type { JobDoor } from './job-door.interface.js';
import { PipelineException } from './pipeline.exception.js';
import { requestFormats, type RequestFormats } from './request-formats.js';
import { requestTimeout } from './request-timeout.js';
import type { RequestTaker, RouteHandlerOptions } from './route-handler-options.js';
import { sendLate } from './send-late.js';
import type { StreamOptions } from './stream-options.js';
import { setTimingHeaders } from './timing-headers.js';

const NO_DATA = 'no data provided';

/** One request of a pipeline route, from its unread body to its closed response. */
export class ServedRequest {
  private readonly id: string;
  private readonly endpoint: string;
  private readonly startedAt: number;
  /** Where they are wanted. */
  private readonly timings?: StageTiming[];
  private readonly trace?: RequestTrace;
  private inputFormat = 0;
  private answerCodec!: Codec;
  private heldBytes = 0;
  private reader?: BodyReader;
  private task?: ReturnType<RequestTaker['submit']>;
  /** The slot that the answer is sent from. */
  private shared?: SharedBytes;
  private stream?: EventStream;
  private answered = false;
  private isClosed = false;

  /** @param intercepted whether interceptors see the answer as a value */
  constructor(
    private readonly options: RouteHandlerOptions,
    private readonly request: FastifyRequest,
    private readonly reply: FastifyReply,
    private readonly intercepted: boolean,
    private readonly resolve: (value: unknown) => void,
    private readonly reject: (exception: PipelineException) => void,
  ) {
    this.id = String(reply.getHeader('x-request-id'));
    // Fastify makes the object anew each time.
    this.endpoint = request.routeOptions.url ?? '';
    this.startedAt = options.now();
    if (options.timingHeaders) this.timings = [];
    if (options.tracer)
      this.trace = beginTrace(options.tracer, request, this.startedAt, this.id, options.pipeline().name);
  }

  start(): void {
    const { options, request } = this;
    if (isClosed(this.reply.raw)) this.closed();
    else this.reply.raw.on('close', this.closed);
    const formats = this.negotiate();
    if (!formats) return;
    const { codings } = formats;
    this.inputFormat = formats.inputFormat;
    const { headers } = request;
    const reader = new BodyReader(request.body as IncomingMessage, options, this.startedAt, (error, body, shared) => {
      this.hold(reader.bodyBytes);
      if (error) this.fail(error);
      else if (!body || (body.length === 0 && !options.takesEmptyBodies)) this.succeedEmpty();
      else this.submit(body, shared);
      shared?.release();
    });
    this.reader = reader;
    reader.read(headers['content-length'], codings);
    if (codings.length === 0) return;
    // They speak of the body as it was sent, which no stage sees.
    delete headers['content-encoding'];
    delete headers['content-length'];
  }

  /** @returns undefined if the body is in a type or coding that is not taken: then it is thrown away unread */
  private negotiate(): RequestFormats | undefined {
    const { options, request } = this;
    try {
      return requestFormats(request, options);
    } catch (error) {
      options.uploads.discard(request.body as IncomingMessage);
      this.fail(error as MosecError);
      return undefined;
    }
  }

  private submit(payload: Buffer, shared: SharedBytes | undefined): void {
    const { options, request, inputFormat, id, endpoint: route, timings, trace } = this;
    try {
      const { codec, format: outputFormat } = options.negotiation.answer(request.headers.accept);
      this.answerCodec = codec;
      const timeoutMs = requestTimeout(request.headers['x-request-timeout'], options.timeoutMs);
      const { passHeaders, jobs } = options;
      const about = { id, route, passHeaders, streams: options.stream !== undefined, trace: trace?.carrier };
      const context = callContext(request, about);
      if (jobs && isDeferred(jobs, request)) {
        return this.defer(jobs, shared ? Buffer.from(payload) : payload, outputFormat, context);
      }
      const deadline = options.now() + timeoutMs;
      const stream = options.stream && this.streamRequest(options.stream);
      const item = { payload, shared, inputFormat, outputFormat, route, context, deadline, stream, timings, trace };
      this.task = options.pipeline().submit(item, this.answer);
    } catch (error) {
      this.fail(error as MosecError);
    }
  }

  /** The answer comes later, from whoever runs the job; this one says where. */
  private defer(jobs: JobDoor, payload: Buffer, outputFormat: number, context: string): void {
    const { request, reply, inputFormat, endpoint: route, intercepted } = this;
    const { mediaType } = this.answerCodec;
    const work = { payload, inputFormat, outputFormat, mediaType, context, route };
    jobs.accept(request, work).then((job) => {
      this.give();
      this.record(ACCEPTED);
      this.resolve(answerDeferred(request, reply, job, intercepted));
    }, this.fail);
  }

  private streamRequest(stream: StreamOptions): StreamRequest {
    const { options, request, reply } = this;
    const { formats, timeoutMs, idleTimeoutMs } = stream;
    const eventFormat = eventFormatFor(request.headers.accept, formats);
    const events = new EventStream(reply, formats[eventFormat] as EventFormat, stream, options.budget, options.now, {
      opened: () => this.releaseBody(),
      read: (bytes) => this.task?.consumed(bytes),
      stalled: () => this.dropClient(),
    });
    this.stream = events;
    return { eventFormat, timeoutMs, idleTimeoutMs, onEvents: (payload) => this.writeEvents(events, payload) };
  }

  /** The headers leave with the first events. */
  private writeEvents(events: EventStream, payload: Uint8Array): void {
    if (this.timings && !events.isOpen) setTimingHeaders(this.reply, this.timings);
    events.write(payload);
  }

  /** What streams is never run again. */
  private releaseBody(): void {
    this.options.budget.giveBack(this.heldBytes);
    this.heldBytes = 0;
  }

  private dropClient(): void {
    this.task?.abandon(new MosecError('the client does not read', 408, 'SLOW_CLIENT'));
    this.reply.raw.destroy();
  }

  private readonly answer = ({ error, payload, shared }: Outcome): void => {
    if (this.stream?.isOpen) this.endStream(this.stream, error);
    else if (error) this.fail(error);
    else if (this.intercepted) this.show(shared ? Buffer.from(payload) : payload);
    else this.succeed(payload, shared);
  };

  /** Hands the value to the interceptors, which may keep it. */
  private show(payload: Uint8Array): void {
    const { options, reply, answerCodec } = this;
    this.count(payload);
    if (options.negotiation.varies) void reply.header('vary', 'Accept');
    encodeInterceptedAnswer(reply, answerCodec, options.compression, {
      sent: (statusCode) => this.record(statusCode),
      failed: (error) => this.exception(error),
    });
    this.resolve(answerCodec.decode(payload));
  }

  private succeed(payload: Uint8Array, shared: SharedBytes | undefined): void {
    const { options, reply, answerCodec } = this;
    this.count(payload);
    if (options.negotiation.varies) void reply.header('vary', 'Accept');
    // A stream that is reset closes before its session has sent what it took over of it, so it gets a copy.
    if (shared && streamOf(reply.raw)) payload = Buffer.from(payload);
    else if (shared && !this.isClosed) {
      shared.hold();
      this.shared = shared;
    }
    this.record(reply.statusCode);
    void reply.header('content-type', answerCodec.mediaType);
    if (options.compression) this.compress(options.compression, payload, shared);
    else this.send(payload);
  }

  /** Whatever becomes of the client, the answer stays where it is while it is being read. */
  private compress(compression: AnswerCompression, payload: Uint8Array, shared: SharedBytes | undefined): void {
    shared?.hold();
    compression.compress(this.reply, payload, (bytes) => {
      this.send(bytes);
      shared?.release();
    });
  }

  private send(payload: Uint8Array): void {
    sendLate(this.reply, payload);
    // Not handed to resolve: a reply is a thenable, and waiting for what is already sent costs a turn.
    this.resolve(undefined);
  }

  private count({ length }: Uint8Array): void {
    this.give();
    this.options.budget.take(length);
    this.hold(length);
  }

  private endStream(stream: EventStream, error: MosecError | undefined): void {
    const { options, reply } = this;
    this.answered = true;
    const isRead = !this.isClosed && error?.code !== 'SLOW_CLIENT';
    if (!this.isClosed) options.answers.given();
    if (isRead) {
      stream.end(error);
      this.record(error?.statusCode ?? reply.statusCode);
    }
    this.resolve(undefined);
  }

  private succeedEmpty(): void {
    this.give();
    void this.reply.type('text/plain; charset=utf-8').send(NO_DATA);
    this.resolve(undefined);
  }

  private readonly fail = (error: MosecError): void => {
    this.give();
    this.reject(this.exception(error));
  };

  private record(statusCode: number): void {
    const { options } = this;
    this.trace?.end(statusCode);
    options.answered(this.endpoint, statusCode, options.now() - this.startedAt);
  }

  /** The answer is there; whether anybody reads it is another matter. */
  private give(): void {
    const { answers } = this.options;
    this.answered = true;
    if (this.isClosed) return;
    if (this.timings) setTimingHeaders(this.reply, this.timings);
    answers.given();
    if (answers.isDraining) closeAfter(this.reply);
  }

  private exception(error: MosecError): PipelineException {
    const { options, reply } = this;
    this.trace?.failed(error);
    if (error.code !== 'CANCELLED') this.record(error.statusCode);
    setErrorHeaders(reply, error);
    return new PipelineException(error, this.id, options.errorFormat);
  }

  /** The bytes count until the response is closed. */
  private hold(bytes: number): void {
    if (this.isClosed) this.options.budget.giveBack(bytes);
    else this.heldBytes += bytes;
  }

  /** Every response closes in the end; what is not answered by then, nobody waits for. */
  private readonly closed = (): void => {
    this.isClosed = true;
    this.options.budget.giveBack(this.heldBytes);
    this.shared?.release();
    this.stream?.closed();
    if (this.answered) this.options.answers.sent();
    else if (this.task) this.task.abandon(new MosecError('the client went away', 499, 'CANCELLED'));
    else this.reader?.cancel();
    this.trace?.end(this.answered ? this.reply.statusCode : undefined);
  };
}
