import type { Span, Tracer } from '@opentelemetry/api';
import type { ForwardTracer, TraceCarrier } from '#libs/contracts';
import { flushSpans } from './flush-spans.js';
import { loadApi, tracerOf, type OtelApi } from './otel-api.js';

/** Makes spans of the calls of one stage, below those of their batches; spans of the stage's own nest in them. */
export class StageTracer implements ForwardTracer {
  private readonly api: OtelApi;
  private readonly tracer: Tracer;

  /** @throws MosecConfigurationError when `@opentelemetry/api` is not installed */
  constructor(
    private readonly stage: string,
    private readonly workerId: number,
    api = loadApi(),
  ) {
    this.api = api;
    this.tracer = tracerOf(api);
  }

  /** Examples come in no batch, and are not traced. */
  forward<T>(batch: TraceCarrier | undefined, size: number, call: () => T): T {
    if (!batch) return call();
    const { api, stage, workerId } = this;
    const parent = api.propagation.extract(api.ROOT_CONTEXT, batch);
    const attributes = { 'mosec.stage': stage, 'mosec.worker': workerId, 'mosec.batch.size': size };
    const span = this.tracer.startSpan(`forward ${stage}`, { attributes }, parent);
    return api.context.with(api.trace.setSpan(parent, span), () => this.run(span, call));
  }

  flush(): Promise<void> {
    return flushSpans(this.api);
  }

  private run<T>(span: Span, call: () => T): T {
    try {
      const result = call();
      if (!isThenable(result)) {
        span.end();
        return result;
      }
      result.then(
        () => span.end(),
        (error: unknown) => this.fail(span, error),
      );
      return result;
    } catch (error) {
      this.fail(span, error);
      throw error;
    }
  }

  private fail(span: Span, thrown: unknown): void {
    const error = thrown instanceof Error ? thrown : new Error(String(thrown));
    span.recordException(error);
    span.setStatus({ code: this.api.SpanStatusCode.ERROR, message: error.message });
    span.end();
  }
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof (value as PromiseLike<unknown> | undefined)?.then === 'function';
}
