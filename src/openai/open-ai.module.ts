import { Module, type DynamicModule, type NestModule, type Provider } from '@nestjs/common';
import { HttpAdapterHost, ModulesContainer } from '@nestjs/core';
import type { ResolvedOptions } from '../config/resolved-options.interface.js';
import { getPipelineToken } from '../decorators/pipeline-token.js';
import type { ExchangeOptions } from '../http/exchange-options.js';
import { HttpEdge } from '../mosec.http-edge.js';
import { MosecModule } from '../mosec.module.js';
import { RESOLVED_OPTIONS } from '../mosec.tokens.js';
import { BearerKeyGuard } from './bearer-key.guard.js';
import { chatController } from './chat.controller.js';
import { checkModels } from './check-models.js';
import { embeddingsController } from './embeddings.controller.js';
import type { CheckedModels, OpenAiModels, PipelinesByModel } from './model-types.js';
import { modelsController } from './models.controller.js';
import type { OpenAiOptions } from './open-ai-options.interface.js';
import { OpenAiService } from './open-ai.service.js';
import { refuseSharedPrefix, requireFastify, ROUTE_PARTS } from './check-application.js';
import type { RouteParts } from './route-parts.js';
import { ServedModels, type ChatClient, type EmbeddingClient } from './served-models.js';

/**
 * Serves pipelines by OpenAI's protocol: `/v1/embeddings`, `/v1/chat/completions`, `/v1/models`. The pipelines need no
 * `@Route`; one that has it is served there too.
 *
 * @example
 * OpenAiModule.forFeature({ embeddings: { 'my-model': EmbeddingPipeline } }, { apiKeys: ['sk-1'] })
 * @publicApi
 */
@Module({})
export class OpenAiModule implements NestModule {
  constructor(
    private readonly adapterHost: HttpAdapterHost,
    private readonly modules: ModulesContainer,
  ) {}

  /**
   * Once for each prefix.
   * @param models pipelines by the name that clients give as `model`
   * @throws MosecConfigurationError when there is no model, or a pipeline that cannot be one
   */
  static forFeature<E extends PipelinesByModel = PipelinesByModel, C extends PipelinesByModel = PipelinesByModel>(
    models: OpenAiModels<E, C> & CheckedModels<E, C>,
    options: OpenAiOptions = {},
  ): DynamicModule {
    checkModels(models);
    const { imports = [], providers = [] } = options;
    const { embeddings = {}, chat = {} } = models as OpenAiModels;
    const pipelines = [...new Set([...Object.values(embeddings), ...Object.values(chat)])];
    const parts = routeParts(options);
    return {
      module: OpenAiModule,
      imports: [MosecModule.forFeature(pipelines), ...imports],
      providers: [...providers, { provide: ROUTE_PARTS, useValue: parts }, serviceProvider(embeddings, chat, options)],
      controllers: controllers(Object.keys(embeddings), Object.keys(chat), parts),
    };
  }

  /** Called before routes are registered, where there is an HTTP server. */
  configure(): void {
    requireFastify(this.adapterHost);
    refuseSharedPrefix(this.modules);
  }
}

function controllers(embeddings: readonly string[], chat: readonly string[], parts: RouteParts) {
  return [
    modelsController(parts),
    ...(embeddings.length > 0 ? [embeddingsController(parts, embeddings)] : []),
    ...(chat.length > 0 ? [chatController(parts, chat)] : []),
  ];
}

function routeParts({ prefix = '/v1', version, apiKeys, guards = [] }: OpenAiOptions): RouteParts {
  const keyGuards = apiKeys ? [new BearerKeyGuard(apiKeys)] : [];
  return {
    prefixes: (typeof prefix === 'string' ? [prefix] : prefix).map((path) => path.replace(/^\/+|\/+$/g, '')),
    version,
    guards: [...keyGuards, ...guards],
    hasKeys: apiKeys !== undefined,
  };
}

function serviceProvider(embeddings: PipelinesByModel, chat: PipelinesByModel, options: OpenAiOptions): Provider {
  const [embeddingEntries, chatEntries] = [Object.entries(embeddings), Object.entries(chat)];
  const tokens = [...embeddingEntries, ...chatEntries].map(([, pipelineClass]) => getPipelineToken(pipelineClass));
  return {
    provide: OpenAiService,
    // Without a root module the clients say what is missing.
    inject: [{ token: HttpEdge, optional: true }, { token: RESOLVED_OPTIONS, optional: true }, ...tokens],
    useFactory: (edge: HttpEdge, { capacity }: ResolvedOptions, ...clients: unknown[]) => {
      const named = [...embeddingEntries, ...chatEntries].map(([model], index) => [model, clients[index]] as const);
      const served = new ServedModels(
        new Map(named.slice(0, embeddingEntries.length) as [string, EmbeddingClient][]),
        new Map(named.slice(embeddingEntries.length) as [string, ChatClient][]),
      );
      let known: ExchangeOptions | undefined;
      return new OpenAiService(
        served,
        () => (known ??= edge.exchangeOptions({ ...options, endEvent: '[DONE]' })),
        capacity,
      );
    },
  };
}
