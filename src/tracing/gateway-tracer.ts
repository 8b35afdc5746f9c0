import type { Context, Span, Tracer } from '@opentelemetry/api';
import type { BatchTrace, RequestTracer, TracedBatch, TracedRequest } from '#libs/contracts';
import { monotonicNow } from '../mosec.clock.js';
import { carrierOf } from './carrier-of.js';
import { flushSpans } from './flush-spans.js';
import { loadApi, tracerOf, type OtelApi } from './otel-api.js';
import { requestAttributes } from './request-attributes.js';
import { RequestSpan } from './request-span.js';

/** Makes spans of requests, their waits and their batches. */
export class GatewayTracer implements RequestTracer {
  private readonly api: OtelApi;
  private readonly tracer: Tracer;

  /** @throws MosecConfigurationError when `@opentelemetry/api` is not installed */
  constructor(api = loadApi()) {
    this.api = api;
    this.tracer = tracerOf(api);
  }

  /** A span that is there already, e.g. of an instrumentation of HTTP, has the request's server span. */
  begin(request: TracedRequest): RequestSpan {
    const { api } = this;
    const { http, pipeline, startedAt: startTime } = request;
    const active = api.context.active();
    const isServer = http !== undefined && !api.trace.getSpan(active);
    const parent = isServer ? api.propagation.extract(active, http.headers) : active;
    const kind = isServer ? api.SpanKind.SERVER : api.SpanKind.INTERNAL;
    const name = http ? `${http.method} ${http.route}` : `pipeline ${pipeline}`;
    const span = this.tracer.startSpan(name, { kind, startTime, attributes: requestAttributes(request) }, parent);
    return new RequestSpan(api, span, api.trace.setSpan(parent, span), http !== undefined, monotonicNow);
  }

  /**
   * The wait of each member is over. The batch is part of the trace of its first member that is recorded, with links to
   * all of them; those of the others lead there by a link.
   */
  batch(batch: TracedBatch): BatchTrace {
    const { api } = this;
    const members: RequestSpan[] = [];
    for (const { trace, arrivedAt } of batch.items) {
      if (!(trace instanceof RequestSpan)) continue;
      this.queueSpan(batch, trace, arrivedAt);
      members.push(trace);
    }
    const home = members.find(({ span }) => span.isRecording()) ?? members[0];
    const span = this.batchSpan(batch, members, home?.context ?? api.ROOT_CONTEXT);
    for (const member of members) if (member !== home) member.span.addLink({ context: span.spanContext() });
    const carrier = carrierOf(api, api.trace.setSpan(home?.context ?? api.ROOT_CONTEXT, span));
    return { carrier, end: (at, failure) => this.endBatch(span, at, failure) };
  }

  flush(): Promise<void> {
    return flushSpans(this.api);
  }

  private queueSpan({ stage, sentAt }: TracedBatch, { context }: RequestSpan, arrivedAt: number): void {
    const attributes = { 'mosec.stage': stage };
    this.tracer.startSpan(`queue ${stage}`, { startTime: arrivedAt, attributes }, context).end(sentAt);
  }

  private batchSpan(batch: TracedBatch, members: readonly RequestSpan[], parent: Context): Span {
    const { stage, sentAt: startTime, items, reason, workerId } = batch;
    const links = members.map((member) => ({ context: member.span.spanContext() }));
    const attributes = {
      'mosec.stage': stage,
      'mosec.worker': workerId,
      'mosec.batch.size': items.length,
      'mosec.release_reason': reason,
    };
    return this.tracer.startSpan(`batch ${stage}`, { startTime, links, attributes }, parent);
  }

  private endBatch(span: Span, at: number, failure: string | undefined): void {
    if (failure !== undefined) span.setStatus({ code: this.api.SpanStatusCode.ERROR, message: failure });
    span.end(at);
  }
}
