import fastify, { type FastifyInstance } from 'fastify';
import { vi } from 'vitest';
import type { MosecError, Outcome } from '#libs/contracts';
import { ByteBudget, type PipelineRequest } from '#libs/pipeline';
import { installEdgeHooks } from './edge-hooks.js';
import { json } from './json-codec.fixture.js';
import { Negotiation } from './negotiation.js';
import type { PipelineException } from './pipeline.exception.js';
import { installRawBody } from './raw-body.js';
import { RequestCodings } from './request-codings.js';
import { RouteHandler } from './route-handler.js';
import type { RouteHandlerOptions } from './route-handler-options.js';
import { UnsentAnswers } from './unsent-answers.js';
import { UploadWatch } from './upload-watch.js';

/** An accepted request that waits for the spec to answer it; it has one answer, the first. */
export class OpenRequest {
  readonly abandoned: string[] = [];
  /** Bytes of events, each time that some were read. */
  readonly readBytes: number[] = [];
  private isAnswered = false;

  constructor(
    readonly request: PipelineRequest,
    private readonly callback: (outcome: Outcome) => void,
  ) {}

  settle(outcome: Outcome): void {
    if (this.isAnswered) return;
    this.isAnswered = true;
    this.callback(outcome);
  }

  get body(): string {
    return Buffer.from(this.request.payload).toString();
  }

  answer(text: string): void {
    this.settle({ payload: Buffer.from(text) });
  }

  /** More events of its stream. */
  send(events: string): void {
    this.request.stream?.onEvents(Buffer.from(events), 1);
  }

  consumed(bytes: number): void {
    this.readBytes.push(bytes);
  }

  abandon(error: MosecError): void {
    this.abandoned.push(error.code);
    this.settle({ error });
  }
}

/** What `RouteHandler` needs, with a pipeline whose requests the spec answers. Time stands still at 1000. */
export function handlerOptions(part: Partial<RouteHandlerOptions> = {}) {
  const requests: OpenRequest[] = [];
  const waiting: ((request: OpenRequest) => void)[] = [];
  const budget = new ByteBudget(1000);
  const answered = vi.fn<(endpoint: string, code: number) => void>();
  const submit = (request: PipelineRequest, settle: (outcome: Outcome) => void): OpenRequest => {
    const open = new OpenRequest(request, settle);
    requests.push(open);
    waiting.shift()?.(open);
    return open;
  };
  const options: RouteHandlerOptions = {
    pipeline: () => ({ submit }),
    answered: (endpoint, code) => answered(endpoint, code),
    now: () => 1000,
    timingHeaders: false,
    timeoutMs: 3000,
    errorFormat: 'json',
    negotiation: new Negotiation([{ codec: json, format: 0 }], [{ codec: json, format: 0 }]),
    requestCodings: new RequestCodings([]),
    passHeaders: ['traceparent'],
    maxBytes: 100,
    budget,
    uploads: new UploadWatch(0, () => 1000),
    answers: new UnsentAnswers(),
    ...part,
  };
  /** The next request that gets as far as the pipeline. */
  const next = (): Promise<OpenRequest> => new Promise((resolve) => waiting.push(resolve));
  return { options, requests, next, budget, answered };
}

/** A Fastify server with one pipeline route at `/echo`, whose exceptions are answered as Nest would. */
export function serverOf(options: RouteHandlerOptions, intercepted = false): FastifyInstance {
  const app = fastify();
  installRawBody(app);
  installEdgeHooks(app, { isDraining: () => false, errorFormat: options.errorFormat, isHost: false });
  const handler = new RouteHandler(options);
  if (intercepted) handler.showAnswers();
  app.setErrorHandler((error: PipelineException, _request, reply) =>
    reply.code(error.getStatus()).send(error.getResponse()),
  );
  app.post('/echo', { config: { mosec: { raw: true } } }, async (request, reply) => {
    const value = await handler.handle(request, reply);
    if (intercepted) await reply.send(value);
    return reply;
  });
  return app;
}
