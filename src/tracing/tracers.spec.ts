import * as api from '@opentelemetry/api';
import {
  InMemorySpanExporter,
  NodeTracerProvider,
  SimpleSpanProcessor,
  type ReadableSpan,
} from '@opentelemetry/sdk-trace-node';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { MosecError, type TracedRequest } from '#libs/contracts';
import { GatewayTracer } from './gateway-tracer.js';
import { StageTracer } from './stage-tracer.js';

const exporter = new InMemorySpanExporter();
const provider = new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
provider.register();
afterEach(() => exporter.reset());
afterAll(() => provider.shutdown());

const START = 1_700_000_000_000;
const tracer = new GatewayTracer(api);

function request(traceparent?: string): TracedRequest {
  const http = { method: 'POST', route: '/work', url: '/work', headers: { traceparent } };
  return { pipeline: 'WorkPipeline', requestId: 'r', startedAt: START, ...(traceparent && { http }) };
}

const parent = (digit: string, sampled: boolean): string =>
  `00-${digit.repeat(32)}-${digit.repeat(16)}-0${sampled ? 1 : 0}`;

function span(name: string): ReadableSpan {
  const found = exporter.getFinishedSpans().filter((finished) => finished.name === name);
  expect(found).toHaveLength(1);
  return found[0]!;
}

function batchOf(traces: ReturnType<GatewayTracer['begin']>[], reason: 'full' | 'retry' = 'full') {
  const items = traces.map((trace) => ({ arrivedAt: START + 1, trace }));
  return tracer.batch({ stage: 'Work', workerId: 2, items, sentAt: START + 3, reason });
}

describe('when a batch leaves', () => {
  it('should be part of the trace of the first member that is recorded', () => {
    const [dark, first, second] = [parent('1', false), parent('2', true), parent('3', true)].map((traceparent) =>
      tracer.begin(request(traceparent)),
    );
    const batch = batchOf([dark!, first!, second!]);
    batch.end(START + 9);
    for (const trace of [dark, first, second]) trace!.end(200);
    const { links, parentSpanContext, startTime, endTime } = span('batch Work');
    expect(parentSpanContext?.spanId).toBe(first!.span.spanContext().spanId);
    expect(links.map(({ context }) => context.traceId)).toEqual(['1', '2', '3'].map((digit) => digit.repeat(32)));
    expect([startTime, endTime].map(([, nanos]) => nanos)).toEqual([3_000_000, 9_000_000]);
    expect(batch.carrier['traceparent']).toContain('2'.repeat(32));
    const served = exporter.getFinishedSpans().filter(({ name }) => name === 'POST /work');
    expect(served.map((finished) => finished.links.length)).toEqual([0, 1]);
  });

  it('should say so when its worker died with it', () => {
    const trace = tracer.begin(request());
    batchOf([trace], 'retry').end(START + 9, 'the worker ended');
    trace.end();
    expect(span('batch Work').status).toEqual({ code: api.SpanStatusCode.ERROR, message: 'the worker ended' });
    expect(span('batch Work').attributes['mosec.release_reason']).toBe('retry');
  });
});

describe('when a request comes in', () => {
  it('should belong to the span that is active, which serves it already', () => {
    api.trace.getTracer('http').startActiveSpan('POST', (outer) => {
      tracer.begin(request(parent('4', true))).end(200);
      outer.end();
    });
    expect(span('POST /work').kind).toBe(api.SpanKind.INTERNAL);
    expect(span('POST /work').parentSpanContext?.spanId).toBe(span('POST').spanContext().spanId);
  });

  it('should end once, with its first failure', () => {
    const trace = tracer.begin(request());
    trace.failed(new MosecError('no', 503, 'WORKER_LOST', { cause: new Error('lost') }), 'Work');
    trace.failed(new MosecError('later', 500, 'INTERNAL'));
    trace.end(503);
    trace.end(200);
    const { attributes, events, status } = span('pipeline WorkPipeline');
    expect(attributes).toMatchObject({ 'error.type': 'WORKER_LOST', 'mosec.stage': 'Work' });
    expect(attributes['http.response.status_code']).toBe(503);
    expect(events.map((event) => event.attributes?.['exception.message'])).toEqual(['lost']);
    expect(status.code).toBe(api.SpanStatusCode.ERROR);
  });
});

describe('when a stage is called', () => {
  const stage = new StageTracer('Work', 2, api);

  it('should not trace what came in no batch', () => {
    expect(stage.forward(undefined, 1, () => 7)).toBe(7);
    expect(exporter.getFinishedSpans()).toEqual([]);
  });

  it('should be in its span until its promise has settled', async () => {
    const inner = (): api.Span | undefined => api.trace.getActiveSpan();
    const result = stage.forward({ traceparent: parent('5', true) }, 3, async () => {
      await Promise.resolve();
      expect(exporter.getFinishedSpans()).toEqual([]);
      return inner()?.spanContext().spanId;
    });
    expect(await result).toBe(span('forward Work').spanContext().spanId);
    expect(span('forward Work').spanContext().traceId).toBe('5'.repeat(32));
  });

  it('should throw what the stage throws, and record it', () => {
    const call = (): never => {
      throw new Error('no model');
    };
    expect(() => stage.forward({ traceparent: parent('6', true) }, 1, call)).toThrow('no model');
    expect(span('forward Work').status).toEqual({ code: api.SpanStatusCode.ERROR, message: 'no model' });
  });
});
