import { NestFactory } from '@nestjs/core';
import type { DynamicModule, INestApplicationContext, LoggerService } from '@nestjs/common';
import { Registry } from 'prom-client';
import type { HopCodec } from '#libs/contracts';
import { WorkerReport, type WorkerPlacement } from '#libs/metrics';
import {
  loadRouteCodecs,
  type HandOverPort,
  type LoadedStage,
  type StageAssignment,
  type StageInstance,
} from '#libs/worker';
import { codecsOf } from '../decorators/codecs-of.js';
import { hopCodecOf } from '../decorators/hop-codec-of.js';
import type { StageClass } from '../decorators/stage-class.js';
import { getStageDefinition } from '../decorators/stage-definition.js';
import { MosecConfigurationError } from '../interfaces/mosec-configuration.error.js';
import { acceptInput } from './accept-input.js';
import { checkOutput } from './check-output.js';
import { createStageModule } from './stage-module.js';
import type { StageTracer } from '../tracing/stage-tracer.js';
import type { WorkerContext } from './worker-context.js';

/** Makes the DI container of a stage. */
export type CreateContext = (module: DynamicModule, logger: LoggerService) => Promise<INestApplicationContext>;

type Place = Pick<
  StageAssignment,
  'stage' | 'workerId' | 'maxBatchSize' | 'replicas' | 'maxConcurrency' | 'routeFormats' | 'maxSeries' | 'tracing'
>;

export interface StagePlace extends Place {
  /** Codecs that users wrote, in which stages before hand over. */
  readonly hopCodecs?: readonly HopCodec[];
  /** Stores in which this stage and stages before hand over. */
  readonly handOver?: HandOverPort | undefined;
  readonly placement: WorkerPlacement;
}

/** Constructs a stage with everything it asks for, in a container that holds nothing else of the application. */
export async function loadStage(
  stageClass: StageClass,
  { stage, workerId, maxBatchSize, replicas = 1, routeFormats = [], hopCodecs = [], ...place }: StagePlace,
  logger: LoggerService,
  createContext: CreateContext = createApplicationContext,
): Promise<LoadedStage> {
  const stopping = new AbortController();
  const { signal } = stopping;
  const { handOver, placement, maxSeries = 0, tracing } = place;
  const metrics = new Registry();
  const report = new WorkerReport(metrics, placement, maxSeries);
  const context: WorkerContext = { stage, workerId, maxBatchSize, replicas, signal, logger, metrics };
  const { options = {}, stream } = getStageDefinition(stageClass) ?? {};
  const { input, output } = options;
  const ipc = hopCodecOf(options);
  const codecs = codecsOf(options) ?? [];
  for (const used of [...codecs, ipc, ...hopCodecs]) await used?.load?.();
  await loadRouteCodecs(routeFormats);
  const tracer = tracing ? await createTracer(stage, workerId) : undefined;
  const container = await createContext(createStageModule(stageClass, context), logger).catch(explain(stageClass));
  return {
    host: {
      name: stage,
      instance: instanceOf(container, stageClass),
      hopCodecs,
      handOver,
      tracer,
      ...(stream && { stream }),
      ...(codecs.length > 0 && { codecs }),
      ...(ipc && { ipc }),
      ...(input && { acceptInput: acceptInput(input) }),
      ...(output && isDevelopment() && { checkOutput: checkOutput(stage, output) }),
    },
    metrics: () => report.read(),
    close: () => {
      stopping.abort();
      return container.close().finally(() => tracer?.flush());
    },
  };
}

/** Loaded only here: most workers do without it. */
async function createTracer(stage: string, workerId: number): Promise<StageTracer> {
  const { StageTracer } = await import('../tracing/stage-tracer.js');
  return new StageTracer(stage, workerId);
}

/** In production the output is not worth its check. */
function isDevelopment(): boolean {
  return process.env['NODE_ENV'] !== 'production';
}

function createApplicationContext(module: DynamicModule, logger: LoggerService): Promise<INestApplicationContext> {
  return NestFactory.createApplicationContext(module, { logger, abortOnError: false });
}

function instanceOf(container: INestApplicationContext, stageClass: StageClass): StageInstance {
  try {
    return container.get<StageInstance>(stageClass, { strict: false });
  } catch (cause) {
    throw new MosecConfigurationError(
      `Stage "${stageClass.name}" depends on something request-scoped or transient, and a stage lives as long as its ` +
        'worker: give that provider the default scope, and take what belongs to a request from the StageCall.',
      { cause },
    );
  }
}

function explain(stageClass: StageClass) {
  return (error: Error): never => {
    if (!error.message.includes("can't resolve dependencies")) throw error;
    throw new MosecConfigurationError(
      `Stage "${stageClass.name}" could not be constructed: ${error.message}\n` +
        "Modules and providers of the application are not visible in a stage's worker: " +
        `add what it needs to @Stage({ imports: [...], providers: [...] }).`,
    );
  };
}
