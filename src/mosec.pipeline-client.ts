import { randomUUID } from 'node:crypto';
import {
  EncodingError,
  HOP_FORMAT,
  MosecError,
  type CallContext,
  type HopCodec,
  type Outcome,
  type PayloadStore,
  type RequestTrace,
  type RequestTracer,
  type Streamed,
} from '#libs/contracts';
import { decodeHop, encodeHop, readHopEvents } from '#libs/codec';
import type { Pipeline, StreamRequest, Task } from '#libs/pipeline';
import { TypedPipelineClient, type RunOptions, type StreamRunOptions } from './decorators/typed-pipeline-client.js';
import { monotonicNow } from './mosec.clock.js';
import { EventIterator, type StreamedRequest } from './mosec.event-iterator.js';
import { limit } from './stream-options.js';

/** Without a reason `abort` makes a DOMException with its stack, which takes longer than all the rest of a call. */
const SETTLED = 'settled';

/** Limits of the streams of a pipeline in milliseconds; 0: none. */
export interface StreamLimits {
  readonly streamTimeoutMs: number;
  readonly streamIdleTimeoutMs: number;
}

/** Calls a pipeline of the engine; values cross by the same hand-over as between stages. */
export class EnginePipelineClient extends TypedPipelineClient<unknown, unknown> {
  constructor(
    private readonly pipeline: () => Pipeline,
    private readonly timeoutMs: number,
    private readonly hopCodecs: readonly HopCodec[] = [],
    private readonly store: () => PayloadStore | undefined = () => undefined,
    /** Absent where the pipeline does not stream. */
    private readonly limits?: StreamLimits,
    private readonly tracer: () => RequestTracer | undefined = () => undefined,
  ) {
    super();
  }

  readonly run = (input: unknown, options: RunOptions = {}): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const { signal } = options;
      const timeoutMs = requireMs('timeoutMs', options.timeoutMs ?? this.timeoutMs);
      if (signal?.aborted) return reject(cancelled(signal));
      const settled = signal && new AbortController();
      const task = this.submit(
        input,
        { timeoutMs, context: { id: options.id ?? randomUUID() } },
        ({ error, payload, shared }: Outcome) => {
          settled?.abort(SETTLED);
          if (error) return reject(error);
          try {
            resolve(decodeHop(shared ? Buffer.from(payload) : payload, this.hopCodecs));
          } catch (cause) {
            reject(new EncodingError((cause as Error).message, { cause }));
          }
        },
      );
      if (settled) onAbort(signal, settled.signal, () => task?.abandon(cancelled(signal)));
    });

  /** Nothing is sent before the first event is asked for. The type says `never` of a pipeline that may not stream. */
  override readonly stream = ((input: unknown, options: StreamRunOptions = {}): AsyncIterable<Streamed> => {
    const { limits } = this;
    if (!limits) {
      throw new TypeError(
        `Pipeline "${this.pipeline().name}" does not stream: call run(), or end it with an @SseStage.`,
      );
    }
    const timeoutMs = requireMs('timeoutMs', options.timeoutMs ?? this.timeoutMs);
    const stream = {
      eventFormat: HOP_FORMAT,
      timeoutMs: limit(requireMs('streamTimeoutMs', options.streamTimeoutMs ?? limits.streamTimeoutMs)),
      idleTimeoutMs: limit(requireMs('streamIdleTimeoutMs', options.streamIdleTimeoutMs ?? limits.streamIdleTimeoutMs)),
    };
    const context = {
      id: options.id ?? randomUUID(),
      ...(options.lastEventId !== undefined && { lastEventId: options.lastEventId }),
    };
    const start = (iterator: EventIterator): StreamedRequest | undefined =>
      this.startStream(iterator, options.signal, (onEvents, answer) =>
        this.submit(input, { timeoutMs, context, stream: { ...stream, onEvents } }, answer),
      );
    return { [Symbol.asyncIterator]: () => new EventIterator(start, readHopEvents) };
  }) as never;

  private startStream(
    iterator: EventIterator,
    signal: AbortSignal | undefined,
    submit: (onEvents: StreamRequest['onEvents'], answer: (outcome: Outcome) => void) => Task | undefined,
  ): StreamedRequest | undefined {
    if (signal?.aborted) return void iterator.end({ error: cancelled(signal) });
    const settled = signal && new AbortController();
    const task = submit(
      (events) => iterator.push(events),
      (outcome) => {
        settled?.abort(SETTLED);
        iterator.end(outcome);
      },
    );
    if (settled) onAbort(signal, settled.signal, () => task?.abandon(cancelled(signal)));
    return {
      consumed: (bytes) => task?.consumed(bytes),
      cancel: () => task?.abandon(new MosecError('the caller has left the loop', 499, 'CANCELLED')),
    };
  }

  private submit(
    input: unknown,
    { timeoutMs, context, stream }: { timeoutMs: number; context: CallContext; stream?: StreamRequest },
    answer: (outcome: Outcome) => void,
  ) {
    const pipeline = this.pipeline();
    const trace = this.tracer()?.begin({ pipeline: pipeline.name, requestId: context.id, startedAt: monotonicNow() });
    const payload = encodeHop(input);
    const shared = this.store()?.store([payload], payload.length);
    const task = pipeline.submit(
      {
        payload: shared?.bytes ?? payload,
        shared,
        inputFormat: HOP_FORMAT,
        outputFormat: HOP_FORMAT,
        context: JSON.stringify(withTrace(context, trace)),
        deadline: monotonicNow() + timeoutMs,
        stream,
        trace,
      },
      trace ? ended(trace, answer) : answer,
    );
    shared?.release();
    return task;
  }
}

/** The header that a request from outside would bring. */
function withTrace(context: CallContext, trace: RequestTrace | undefined): CallContext {
  const traceparent = trace?.carrier['traceparent'];
  return traceparent === undefined ? context : { ...context, headers: { traceparent } };
}

function ended(trace: RequestTrace, answer: (outcome: Outcome) => void): (outcome: Outcome) => void {
  return (outcome) => {
    if (outcome.error) trace.failed(outcome.error);
    trace.end();
    answer(outcome);
  };
}

function requireMs(option: string, value: unknown): number {
  if (typeof value === 'number' && !Number.isNaN(value)) return value;
  throw new TypeError(`${option} is "${String(value)}": give a number of milliseconds.`);
}

/** Calls back when `signal` aborts, and lets go of it once `until` has. */
function onAbort(signal: AbortSignal, until: AbortSignal, callback: () => void): void {
  if (!until.aborted) signal.addEventListener('abort', callback, { once: true, signal: until });
}

function cancelled(signal: AbortSignal): MosecError {
  return new MosecError('the caller cancelled', 499, 'CANCELLED', { cause: signal.reason });
}
