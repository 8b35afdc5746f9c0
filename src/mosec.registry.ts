import { Inject, Injectable, Optional, type Type } from '@nestjs/common';
import { ApplicationConfig, HttpAdapterHost, ModulesContainer } from '@nestjs/core';
import type { Pipeline } from '#libs/pipeline';
import type { ResolvedOptions } from './config/resolved-options.interface.js';
import { checkPipelines } from './decorators/check-pipeline.js';
import type { PipelineClass } from './decorators/pipeline-types.js';
import { getRoutes } from './decorators/route.decorator.js';
import { MosecConfigurationError } from './interfaces/mosec-configuration.error.js';
import { LimitedLog } from './logging/limited-log.js';
import { NestLogSink } from './logging/nest-log-sink.js';
import { Verbosity } from './logging/verbosity.js';
import { monotonicNow } from './mosec.clock.js';
import { composeEngine } from './mosec.composition.js';
import type { MosecEngine } from './mosec.engine.js';
import type { StageWatcher } from './mosec.stage-observers.js';
import { EXECUTION, RESOLVED_OPTIONS, type Execution } from './mosec.tokens.js';
import { GatewayTracer } from './tracing/gateway-tracer.js';
import { RESERVED_PATHS } from './http/reserved-paths.js';
import { JOBS_PATH } from './jobs/jobs-path.js';
import { JOBS_OPTIONS } from './jobs/jobs-token.js';

/** Collects the pipelines of all feature modules while the container is built, then makes the one engine of them. */
@Injectable()
export class MosecRegistry {
  private readonly pipelineClasses = new Set<PipelineClass>();
  private readonly observers: StageWatcher[] = [];
  private composed?: MosecEngine;

  constructor(
    @Inject(RESOLVED_OPTIONS) private readonly options: ResolvedOptions,
    @Inject(EXECUTION) private readonly execution: Execution,
    private readonly adapterHost: HttpAdapterHost,
    readonly applicationConfig: ApplicationConfig,
    private readonly modules: ModulesContainer,
    @Optional() @Inject(JOBS_OPTIONS) private readonly jobs?: object,
  ) {}

  add(pipelineClass: PipelineClass): void {
    this.pipelineClasses.add(pipelineClass);
  }

  /** Asks `observer` for each stage whom to tell of its batches; to be called while the container is built. */
  observe(observer: StageWatcher): void {
    this.observers.push(observer);
  }

  get pipelines(): readonly PipelineClass[] {
    return [...this.pipelineClasses];
  }

  /** True where stages run in this process, as in a user's tests. */
  get isInline(): boolean {
    return this.execution.mode === 'inline';
  }

  /** Whether any module of the application has this controller. */
  hasController(controller: Type): boolean {
    return [...this.modules.values()].some(({ controllers }) => controllers.has(controller));
  }

  pipeline(pipelineClass: PipelineClass): Pipeline {
    return this.engine.pipeline(pipelineClass);
  }

  /**
   * Checks what was collected and composes it, once.
   * @throws MosecConfigurationError naming the first culprit and the cure
   */
  get engine(): MosecEngine {
    return (this.composed ??= this.compose());
  }

  private compose(): MosecEngine {
    const { pipelines, options, execution } = this;
    this.refuseSecondRoot();
    this.refuseRoutesWithoutFastify();
    checkPipelines(pipelines, {
      reservedPaths: this.jobs ? [...RESERVED_PATHS, JOBS_PATH] : RESERVED_PATHS,
      jobs: this.jobs !== undefined,
      inline: execution.mode === 'inline',
      entryFile: process.argv[1],
    });
    const tracer = options.tracing ? new GatewayTracer() : undefined;
    const verbosity = new Verbosity(options.logLevel);
    const log = new LimitedLog(new NestLogSink(), () => verbosity.level === 'debug', monotonicNow);
    return composeEngine(pipelines, options, execution, { log, verbosity, observers: this.observers, tracer });
  }

  /** Each would run workers of its own for the pipelines that happened to find it. */
  private refuseSecondRoot(): void {
    const roots = [...this.modules.values()].filter(({ providers }) => providers.has(MosecRegistry));
    if (roots.length < 2) return;
    throw new MosecConfigurationError(
      `MosecModule.forRoot() is imported ${roots.length} times, and an application has one server: ` +
        'call it once in the root module, and only forFeature() elsewhere.',
    );
  }

  private refuseRoutesWithoutFastify(): void {
    const adapter: string | undefined = this.adapterHost.httpAdapter?.getType();
    if (adapter === 'fastify') return;
    const routed = this.pipelines.find((pipelineClass) => getRoutes(pipelineClass));
    if (!routed) return;
    throw new MosecConfigurationError(
      `Pipeline "${routed.name}" has @Route, which needs a Fastify application and this one ` +
        `${adapter ? `runs on ${adapter}` : 'has no HTTP server'}: create it with MosecFactory or a FastifyAdapter, ` +
        'or remove @Route and call the pipeline through PipelineClient.',
    );
  }
}
