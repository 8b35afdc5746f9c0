import type { FastifyReply, FastifyRequest } from 'fastify';
import type { IncomingMessage } from 'node:http';
import { MosecError, OverloadedError, type Codec, type Outcome, type SharedBytes } from '#libs/contracts';
import type { Task } from '#libs/pipeline';
import { BodyReader } from './body-reader.js';
import { callContext } from './call-context.js';
import { closeAfter, isClosed, streamOf } from './http2-stream.js';
import { encodeInterceptedAnswer } from './intercepted-answer.js';
import { PipelineException } from './pipeline.exception.js';
import { requestTimeout } from './request-timeout.js';
import type { RouteHandlerOptions } from './route-handler-options.js';

const NO_DATA = 'no data provided';

/** One request of a pipeline route, from its unread body to its closed response. */
export class ServedRequest {
  private readonly id: string;
  private readonly endpoint: string;
  private inputFormat = 0;
  private answerCodec!: Codec;
  private heldBytes = 0;
  private task?: Task;
  /** The slot that the answer is sent from. */
  private shared?: SharedBytes;
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
  }

  start(): void {
    const { options, request } = this;
    if (isClosed(this.reply.raw)) this.closed();
    else this.reply.raw.on('close', this.closed);
    if (!this.negotiate()) return;
    const reader = new BodyReader(request.body as IncomingMessage, options, options.now(), (error, body, shared) => {
      this.hold(reader.receivedBytes);
      if (error) this.fail(error);
      else if (!body || body.length === 0) this.succeedEmpty();
      else this.submit(body, shared);
      shared?.release();
    });
    reader.read(request.headers['content-length']);
  }

  /** @returns whether the body is in a type that the pipeline takes; if not, it is thrown away unread */
  private negotiate(): boolean {
    try {
      this.inputFormat = this.options.negotiation.inputFormat(this.request.headers['content-type']);
      return true;
    } catch (error) {
      this.options.uploads.discard(this.request.body as IncomingMessage);
      this.fail(error as MosecError);
      return false;
    }
  }

  private submit(payload: Buffer, shared: SharedBytes | undefined): void {
    const { options, request, inputFormat } = this;
    try {
      const { codec, format: outputFormat } = options.negotiation.answer(request.headers.accept);
      this.answerCodec = codec;
      const timeoutMs = requestTimeout(request.headers['x-request-timeout'], options.timeoutMs);
      const context = callContext(request, { id: this.id, route: this.endpoint, passHeaders: options.passHeaders });
      const deadline = options.now() + timeoutMs;
      const item = { payload, shared, inputFormat, outputFormat, context, deadline };
      this.task = options.pipeline().submit(item, this.answer);
    } catch (error) {
      this.fail(error as MosecError);
    }
  }

  private readonly answer = ({ error, payload, shared }: Outcome): void => {
    if (error) this.fail(error);
    else if (this.intercepted) this.show(shared ? Buffer.from(payload) : payload);
    else this.succeed(payload, shared);
  };

  /** Hands the value to the interceptors, which may keep it. */
  private show(payload: Uint8Array): void {
    const { options, reply, answerCodec } = this;
    this.count(payload);
    if (options.negotiation.varies) void reply.header('vary', 'Accept');
    encodeInterceptedAnswer(reply, answerCodec, {
      sent: (statusCode) => options.answered(this.endpoint, statusCode),
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
    options.answered(this.endpoint, reply.statusCode);
    // Not handed to resolve: a reply is a thenable, and waiting for what is already sent costs a turn.
    void reply.header('content-type', answerCodec.mediaType).send(payload);
    this.resolve(undefined);
  }

  private count({ length }: Uint8Array): void {
    this.give();
    this.options.budget.take(length);
    this.hold(length);
  }

  private succeedEmpty(): void {
    this.give();
    void this.reply.type('text/plain; charset=utf-8').send(NO_DATA);
    this.resolve(undefined);
  }

  private fail(error: MosecError): void {
    this.give();
    this.reject(this.exception(error));
  }

  /** The answer is there; whether anybody reads it is another matter. */
  private give(): void {
    const { answers } = this.options;
    this.answered = true;
    if (this.isClosed) return;
    answers.given();
    if (answers.isDraining) closeAfter(this.reply);
  }

  private exception(error: MosecError): PipelineException {
    const { options, reply } = this;
    if (error.code !== 'CANCELLED') options.answered(this.endpoint, error.statusCode);
    if (error instanceof OverloadedError) void reply.header('retry-after', retryAfter(error));
    if (error.code === 'DRAINING') closeAfter(reply);
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
    if (this.answered) this.options.answers.sent();
    else this.task?.abandon(new MosecError('the client went away', 499, 'CANCELLED'));
  };
}

/** Whole seconds, at least one. */
function retryAfter({ retryAfterMs }: OverloadedError): string {
  return String(Math.max(1, Math.ceil(retryAfterMs / 1_000)));
}
