import { Inject, Injectable, Logger, Optional, Res } from '@nestjs/common';
import { INTERCEPTORS_METADATA } from '@nestjs/common/constants.js';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance } from 'fastify';
import type { ResolvedOptions } from './config/resolved-options.interface.js';
import type { PipelineClass } from './decorators/pipeline-types.js';
import { getRoutes } from './decorators/route.decorator.js';
import { AnswerCompression } from './http/answer-compression.js';
import { CONTENT_CODINGS } from './http/content-codings.js';
import { installEdgeHooks } from './http/edge-hooks.js';
import type { ExchangeOptions } from './http/exchange-options.js';
import { allowHalfClose } from './http/half-close.js';
import { acceptHttp2 } from './http/http2-preface.js';
import { Http2Sessions } from './http/http2-sessions.js';
import { Negotiation } from './http/negotiation.js';
import { OpenConnections } from './http/open-connections.js';
import { describeRoute } from './http/open-api-route.js';
import { HANDLER_METHOD } from './http/pipeline-controller.js';
import { installRawBody } from './http/raw-body.js';
import { RequestCodings } from './http/request-codings.js';
import { RouteHandler } from './http/route-handler.js';
import { mountStatusRoutes } from './http/status-routes.js';
import { TextErrorFilter } from './http/text-error.filter.js';
import { MosecMetricsController } from './mosec-metrics.controller.js';
import { monotonicNow } from './mosec.clock.js';
import { mountStatusPage } from './status-page/mount-status-page.js';
import { readStatus } from './status-page/read-status.js';
import { StatusFeed } from './status-page/status-feed.js';
import { UnsentAnswers } from './http/unsent-answers.js';
import { UploadWatch } from './http/upload-watch.js';
import { MosecReadiness } from './health/mosec-readiness.js';
import type { RouteOptions } from './interfaces/route-options.interface.js';
import { JobsRuntime } from './jobs/jobs-runtime.js';
import { MosecRegistry } from './mosec.registry.js';
import { RESOLVED_OPTIONS } from './mosec.tokens.js';
import { pipelineEdges } from './pipeline-edges.js';
import { streamOptionsOf } from './stream-options.js';

const OWN_METRICS =
  'the application answers /metrics itself, without the series of its stages: to show them there, inject MosecMetrics, ' +
  'or give MosecMetricsController to PrometheusModule.register()';

/** Prepares the Fastify server of the application for pipeline routes. */
@Injectable()
export class HttpEdge {
  private readonly uploads: UploadWatch;
  private readonly answers = new UnsentAnswers();
  private statusFeed?: StatusFeed;
  private connections?: OpenConnections;
  private sessions?: Http2Sessions;
  private readonly requestCodings: RequestCodings;
  private readonly compression: AnswerCompression | undefined;
  private readonly handlers = new Map<PipelineClass, RouteHandler>();

  constructor(
    @Inject(RESOLVED_OPTIONS) private readonly options: ResolvedOptions,
    private readonly registry: MosecRegistry,
    private readonly adapterHost: HttpAdapterHost,
    readonly readiness: MosecReadiness,
    @Optional() @Inject(JobsRuntime) private readonly jobs?: JobsRuntime,
  ) {
    this.uploads = new UploadWatch(options.minUploadBytesPerSecond, monotonicNow);
    const { compression, compressionThresholdBytes } = options;
    this.requestCodings = new RequestCodings(compression ? CONTENT_CODINGS : []);
    this.compression = compression ? new AnswerCompression(CONTENT_CODINGS, compressionThresholdBytes) : undefined;
  }

  /** What answers the requests of a pipeline's routes. */
  handler(pipelineClass: PipelineClass): RouteHandler {
    const handler = this.handlers.get(pipelineClass) ?? this.createHandler(pipelineClass);
    this.handlers.set(pipelineClass, handler);
    return handler;
  }

  /** What a route is served with that calls pipelines through their clients. */
  exchangeOptions({ timeoutMs, maxRequestSizeBytes, ...route }: RouteOptions = {}): ExchangeOptions {
    const { options, registry } = this;
    return {
      answered: (endpoint, code, durationMs) => registry.engine.metrics.answered(endpoint, code, durationMs),
      now: monotonicNow,
      timeoutMs: timeoutMs ?? options.timeoutMs,
      maxBytes: maxRequestSizeBytes ?? options.maxRequestSizeBytes,
      get budget() {
        return registry.engine.budget;
      },
      uploads: this.uploads,
      answers: this.answers,
      requestCodings: this.requestCodings,
      compression: this.compression,
      stream: streamOptionsOf(route, options, () => registry.engine.wheel),
    };
  }

  /** Before routes are registered. Without a Fastify server there is nothing to prepare. */
  prepare(): void {
    const { engine } = this.registry;
    const fastify = this.fastify;
    if (!fastify) return;
    const { server } = fastify;
    this.connections = new OpenConnections(server);
    allowHalfClose(server);
    this.sessions = new Http2Sessions(acceptHttp2(server) ?? server);
    installRawBody(fastify);
    const { errorFormat, role } = this.options;
    installEdgeHooks(fastify, { isDraining: () => engine.isDraining, errorFormat, isHost: role === 'worker' });
    if (this.options.errorFormat === 'text') this.registry.applicationConfig.useGlobalFilters(new TextErrorFilter());
    for (const pipelineClass of this.registry.pipelines) {
      if (!getRoutes(pipelineClass) || !this.hasInterceptors(pipelineClass)) continue;
      passResponseThrough(pipelineClass);
      this.handler(pipelineClass).showAnswers();
    }
  }

  /** After routes are registered: what the application answers itself stays its own. */
  mount(): void {
    const { readiness } = this;
    const { engine } = this.registry;
    if (!this.fastify) return;
    const own = mountStatusRoutes(this.fastify, {
      get isDraining() {
        return engine.isDraining;
      },
      get deadReason() {
        return readiness.deadReason;
      },
      get startingReason() {
        return readiness.startingReason;
      },
      unreadyReason: () => readiness.unreadyReason(),
      metrics: (accept) => engine.page.write(accept),
    });
    if (own.includes('/metrics') && !this.registry.hasController(MosecMetricsController))
      new Logger('Mosec').log(OWN_METRICS);
    if (!this.options.statusPage) return;
    this.statusFeed = new StatusFeed(() => readStatus(engine));
    mountStatusPage(this.fastify, this.statusFeed);
  }

  /** From now on connections are closed after their answers. */
  drain(): void {
    this.statusFeed?.close();
    this.answers.drain();
    this.sessions?.drain();
  }

  /** Resolves when all given answers are sent, at the latest after `timeoutMs`, with how many are left. */
  whenAnswersSent(timeoutMs: number): Promise<number> {
    return this.answers.whenSent(timeoutMs);
  }

  /**
   * Closes each connection as soon as it carries no request, and the others after `timeoutMs`.
   * @returns how many of them carried one
   */
  async closeConnections(timeoutMs: number): Promise<number> {
    const { connections, sessions } = this;
    const cut = await Promise.all([connections?.closeWithin(timeoutMs), sessions?.closeWithin(timeoutMs)]);
    return cut.reduce<number>((sum, count) => sum + (count ?? 0), 0);
  }

  private createHandler(pipelineClass: PipelineClass): RouteHandler {
    const { options, registry } = this;
    const route = getRoutes(pipelineClass)?.options ?? {};
    const edges = pipelineEdges(pipelineClass);
    const stream = edges.stream && streamOptionsOf(route, options, () => registry.engine.wheel);
    const jobs = this.jobs?.door(pipelineClass);
    describeRoute(pipelineClass, {
      ...edges,
      jobs: jobs && (jobs.takesAll ? 'always' : 'preferred'),
      requestCodecs: edges.requestCodecs.map(({ codec }) => codec),
      eventTypes: stream?.formats.map(({ mediaType }) => mediaType),
      errorFormat: options.errorFormat,
    });
    return new RouteHandler({
      pipeline: () => registry.pipeline(pipelineClass),
      answered: (endpoint, code, durationMs) => registry.engine.metrics.answered(endpoint, code, durationMs),
      now: monotonicNow,
      timeoutMs: route.timeoutMs ?? options.timeoutMs,
      maxBytes: route.maxRequestSizeBytes ?? options.maxRequestSizeBytes,
      get budget() {
        return registry.engine.budget;
      },
      get store() {
        return registry.engine.store;
      },
      get tracer() {
        return registry.engine.tracer;
      },
      uploads: this.uploads,
      answers: this.answers,
      errorFormat: options.errorFormat,
      stream,
      jobs,
      negotiation: new Negotiation(edges.requestCodecs, edges.answerCodecs),
      requestCodings: this.requestCodings,
      compression: this.compression,
      timingHeaders: options.timingHeaders,
      passHeaders: edges.passHeaders,
    });
  }

  /** Whether an interceptor sees the answers of a route: then they are decoded for it. */
  private hasInterceptors(pipelineClass: PipelineClass): boolean {
    const config = this.registry.applicationConfig;
    const global = [...config.getGlobalInterceptors(), ...config.getGlobalRequestInterceptors()];
    return global.length > 0 || boundInterceptors(pipelineClass).length > 0;
  }

  private get fastify(): FastifyInstance | undefined {
    const adapter = this.adapterHost.httpAdapter;
    return adapter?.getType() === 'fastify' ? adapter.getInstance<FastifyInstance>() : undefined;
  }
}

function boundInterceptors(pipelineClass: PipelineClass): readonly unknown[] {
  const handler = (pipelineClass.prototype as Record<string, object>)[HANDLER_METHOD] as object;
  return [pipelineClass, handler].flatMap((target) => {
    const bound: unknown = Reflect.getMetadata(INTERCEPTORS_METADATA, target);
    return Array.isArray(bound) ? (bound as unknown[]) : [];
  });
}

/** Nest shows interceptors what the handler returns only if the response is passed through. */
function passResponseThrough(pipelineClass: PipelineClass): void {
  Res({ passthrough: true })(pipelineClass.prototype as object, HANDLER_METHOD, 1);
}
