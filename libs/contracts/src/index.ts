export { redisAddress } from './redis-address.js';
export type { ErrorCode } from './errors/error-code.js';
export { MosecError, type MosecErrorOptions } from './errors/mosec.error.js';
export { ClientError } from './errors/client.error.js';
export { DecodingError } from './errors/decoding.error.js';
export { ValidationError } from './errors/validation.error.js';
export { ServerError } from './errors/server.error.js';
export { EncodingError } from './errors/encoding.error.js';
export { InferenceTimeoutError } from './errors/inference-timeout.error.js';
export { OverloadedError, type OverloadedErrorOptions } from './errors/overloaded.error.js';
export { UnavailableError } from './errors/unavailable.error.js';
export type { BodySource, Codec, HopCodec } from './codec.js';
export type { StageCall, StreamCall } from './stage-call.js';
export type { ItemStage, BatchStage, StreamStage, BatchStreamStage, StageExtras } from './stage.js';
export type { StreamEvent, Streamed } from './stream-event.js';
export type { EventFormat } from './event-format.js';
export { EVENT_WINDOW_BYTES } from './event-window.js';
export type { Held, ValueClaims } from './held.js';
export { HOP_FORMAT, STORED_FORMAT, type WorkItem, type CallContext } from './work-item.js';
export type { MemoryRegion, SlotHandle, SharedBytes, PayloadStore } from './shared-bytes.js';
export type { ResultPort } from './result-port.js';
export type { Outcome } from './outcome.js';
export type { WaitPolicy, ReleaseReason } from './wait-policy.js';
export type { LogFields, LogLevel, LogSink, WorkerLog } from './log-sink.js';
export type { BatchObserver, SentBatch, StageObserver } from './stage-observer.js';
export type {
  BatchTrace,
  ForwardTracer,
  RequestTrace,
  RequestTracer,
  TraceCarrier,
  TracedBatch,
  TracedRequest,
} from './request-tracer.js';
export type { StageTiming } from './stage-timing.js';
export type {
  MetricAggregator,
  MetricExemplar,
  MetricFamily,
  MetricLabels,
  MetricSample,
  MetricsReport,
  MetricType,
  WorkerRecord,
} from './metrics-report.js';
