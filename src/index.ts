export { MosecModule } from './mosec.module.js';
export { MosecFactory, type MosecFactoryOptions } from './mosec.factory.js';
export type { FeatureOptions } from './mosec.feature.js';
export type { MosecModuleOptions } from './config/mosec-module-options.interface.js';
export type { DaemonOptions } from './config/daemon-options.interface.js';
export type { ReadinessCheck } from './config/readiness-check.interface.js';
export type { RemoteOptions } from '#libs/remote';
export type { SharedMemoryOptions } from './config/shared-memory-options.interface.js';
export { ConfigurationValueError } from './config/configuration-value.error.js';
export { MosecConfigurationError } from './interfaces/mosec-configuration.error.js';
export type { FastifyOptions } from './http/fastify-options.js';
export type { OpenApiOptions } from './http/open-api-options.interface.js';
export { setupOpenApi } from './http/setup-open-api.js';
export { MosecControl, type RestartOptions } from './control/mosec-control.js';
export { MosecJobs, type JobResult } from './jobs/mosec-jobs.js';
export { jobOf } from './jobs/job-of.js';
export type { Job, JobDescription, JobProgress } from './jobs/job-description.interface.js';
export type { JobsOptions, JobsRedisOptions } from './jobs/jobs-options.interface.js';
export type { JobWebhookOptions } from './jobs/job-webhook-options.interface.js';
export type { WebhookMessage } from './jobs/webhook-message.js';
export type { DeadLetter, JobFailure, JobState } from '#libs/jobs';
export type { AdminOptions } from './control/admin-options.interface.js';
export type { PoolDescription, RemoteDescription, ReplicaDescription } from './control/pool-description.interface.js';
export { MosecHealthIndicator, type MosecHealthResult } from './health/mosec-health-indicator.js';

export { Stage } from './decorators/stage.decorator.js';
export { SseStage } from './decorators/sse-stage.decorator.js';
export { Pipeline } from './decorators/pipeline.decorator.js';
export { Route } from './decorators/route.decorator.js';
export { InjectPipeline } from './decorators/inject-pipeline.decorator.js';
export { PipelineOf } from './decorators/pipeline-of.js';
export { PipelineClient } from './decorators/pipeline-client.js';
export { getPipelineToken } from './decorators/pipeline-token.js';
export { stageRuntime, type StageRuntime } from './decorators/stage-runtime.js';
export type { InjectPipelineDecorator } from './decorators/inject-pipeline.decorator.js';
export type { PipelineBase } from './decorators/pipeline-of.js';
export type { PipelineClass, PipelineTypes } from './decorators/pipeline-types.js';
export type { StageClass } from './decorators/stage-class.js';
export type { StageList, StageRef } from './decorators/stage-ref.js';
export type { RunOptions, StreamRunOptions, TypedPipelineClient } from './decorators/typed-pipeline-client.js';
export type { RouteOptions } from './interfaces/route-options.interface.js';
export type { DtoClass, Schema } from './interfaces/schema.interface.js';
export type { AutoscaleOptions } from './interfaces/autoscale-options.interface.js';
export type { StageOptions } from './interfaces/stage-options.interface.js';
export type { SseStageOptions } from './interfaces/sse-stage-options.interface.js';
export type {
  RecycleOptions,
  StageExecution,
  StagePlacement,
  StageRuntimeOptions,
} from './interfaces/stage-runtime-options.interface.js';
export type {
  StandardSchema,
  StandardSchemaIssue,
  StandardSchemaResult,
} from './interfaces/standard-schema.interface.js';
export { MosecMetrics, type MetricsExposition } from './mosec-metrics.js';
export { MosecMetricsController, type MetricsReply } from './mosec-metrics.controller.js';
export { WorkerContext } from './worker/worker-context.js';

export {
  MosecError,
  ClientError,
  DecodingError,
  ValidationError,
  ServerError,
  EncodingError,
  InferenceTimeoutError,
  OverloadedError,
  UnavailableError,
} from '#libs/contracts';
export type {
  BatchStage,
  BatchStreamStage,
  BodySource,
  Codec,
  HopCodec,
  ErrorCode,
  ItemStage,
  LogLevel,
  MosecErrorOptions,
  OverloadedErrorOptions,
  StageCall,
  StreamCall,
  StreamEvent,
  Streamed,
  StreamStage,
  WaitPolicy,
} from '#libs/contracts';
export { bytes, image, json, msgpack, multipart, numbin, structuredClone, text } from '#libs/codec';
export {
  redis,
  sharedMemory,
  type RedisHandOver,
  type RedisHandOverOptions,
  type SharedMemoryHandOver,
  type SharedMemoryHandOverOptions,
} from '#libs/handover';
export type { DType, NdArray, UploadedFile } from '#libs/codec';
