import type { FastifyReply, FastifyRequest } from 'fastify';
import type { IncomingMessage } from 'node:http';
import { MosecError, type Codec, type Outcome } from '#libs/contracts';
import type { Pipeline } from '#libs/pipeline';
import { callContext } from './call-context.js';
import { encodeInterceptedAnswer } from './intercepted-answer.js';
import { PipelineException } from './pipeline.exception.js';
import { readBody } from './read-body.js';
import { requestId } from './request-id.js';
import { requestTimeout } from './request-timeout.js';

export interface RouteHandlerOptions {
  /** Asked at the first request: the engine is composed after the handlers. */
  readonly pipeline: () => Pipeline;
  readonly answered: (endpoint: string, code: number) => void;
  /** Epoch milliseconds, the clock of the deadlines. */
  readonly now: () => number;
  readonly timeoutMs: number;
  readonly maxRequestSizeBytes: number;
  readonly errorFormat: 'json' | 'text';
  /** Codec of the answers; the gateway uses it only for interceptors. */
  readonly codec: Codec;
  /** Lower-case names of the headers that stages see. */
  readonly passHeaders: readonly string[];
}

const NO_DATA = 'no data provided';

/** One request of a pipeline route: body in, bytes out. The gateway looks into neither. */
export class RouteHandler {
  private intercepted = false;

  constructor(private readonly options: RouteHandlerOptions) {}

  /** From now on interceptors see the answers as values, at the price of decoding and encoding them here. */
  showAnswers(): void {
    this.intercepted = true;
  }

  /** Answers the request, or rejects with the exception that Nest's filters answer. */
  handle(request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
    const id = requestId(request.headers['x-request-id']);
    reply.header('x-request-id', id);
    return new Promise((resolve, reject) => {
      const fail = (error: MosecError): void => reject(this.failure(error, id, request, reply));
      const { 'content-length': length } = request.headers;
      readBody(request.body as IncomingMessage, length, this.options.maxRequestSizeBytes, (error, body) => {
        if (error) fail(error);
        else if (!body || body.length === 0) resolve(reply.code(200).type('text/plain; charset=utf-8').send(NO_DATA));
        else this.submit(request, reply, id, body, resolve, fail);
      });
    });
  }

  private submit(
    request: FastifyRequest,
    reply: FastifyReply,
    id: string,
    payload: Buffer,
    resolve: (value: unknown) => void,
    fail: (error: MosecError) => void,
  ): void {
    const { options } = this;
    let timeoutMs: number;
    try {
      timeoutMs = requestTimeout(request.headers['x-request-timeout'], options.timeoutMs);
    } catch (error) {
      return fail(error as MosecError);
    }
    const answer = ({ error, payload: result }: Outcome): void => {
      if (error) fail(error);
      else resolve(this.succeed(result, request, reply));
    };
    const item = {
      payload,
      inputFormat: 0,
      outputFormat: 0,
      context: callContext(request, id, options.passHeaders),
      deadline: options.now() + timeoutMs,
    };
    const task = options.pipeline().submit(item, answer);
    if (!task) return;
    reply.raw.once('close', () => task.abandon(new MosecError('the client went away', 499, 'CANCELLED')));
  }

  private succeed(payload: Uint8Array, request: FastifyRequest, reply: FastifyReply): unknown {
    const { options } = this;
    options.answered(request.routeOptions.url ?? '', 200);
    if (!this.intercepted) return reply.code(200).header('content-type', options.codec.mediaType).send(payload);
    encodeInterceptedAnswer(reply, options.codec);
    return options.codec.decode(payload);
  }

  private failure(error: MosecError, id: string, request: FastifyRequest, reply: FastifyReply): PipelineException {
    if (error.code !== 'CANCELLED') this.options.answered(request.routeOptions.url ?? '', error.statusCode);
    if (error.statusCode === 429) void reply.header('retry-after', '1');
    if (error.code === 'DRAINING') void reply.header('connection', 'close');
    return new PipelineException(error, id, this.options.errorFormat);
  }
}
