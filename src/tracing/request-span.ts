import type { Context, Span } from '@opentelemetry/api';
import type { MosecError, RequestTrace, TraceCarrier } from '#libs/contracts';
import { carrierOf } from './carrier-of.js';
import type { OtelApi } from './otel-api.js';

/** From here on it is the server's fault, by the conventions for spans of servers. */
const SERVER_ERROR = 500;

/** The span of one request. */
export class RequestSpan implements RequestTrace {
  readonly carrier: TraceCarrier;
  private hasFailed = false;
  private hasEnded = false;

  /**
   * @param context the one that the span is in
   * @param isServed whether it is an HTTP request: what is the client's fault is no error then
   */
  constructor(
    private readonly api: OtelApi,
    readonly span: Span,
    readonly context: Context,
    private readonly isServed: boolean,
    private readonly now: () => number,
  ) {
    this.carrier = carrierOf(api, context);
  }

  failed(error: MosecError, stage?: string): void {
    if (this.hasFailed) return;
    this.hasFailed = true;
    const { span, api } = this;
    span.setAttribute('error.type', error.code);
    if (stage !== undefined) span.setAttribute('mosec.stage', stage);
    if (this.isServed && error.statusCode < SERVER_ERROR) return;
    span.recordException(error.cause instanceof Error ? error.cause : error, this.now());
    span.setStatus({ code: api.SpanStatusCode.ERROR, message: error.message });
  }

  end(statusCode?: number): void {
    if (this.hasEnded) return;
    this.hasEnded = true;
    if (statusCode !== undefined) this.span.setAttribute('http.response.status_code', statusCode);
    this.span.end(this.now());
  }
}
