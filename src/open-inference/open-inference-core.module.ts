import { Module, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { MosecConfigurationError } from '../interfaces/mosec-configuration.error.js';
import { InferController } from './http/infer.controller.js';
import { InferHandler } from './http/infer-handler.js';
import { ModelController } from './http/model.controller.js';
import { RepositoryController } from './http/repository.controller.js';
import { ServerController } from './http/server.controller.js';
import { MosecServer } from './mosec-server.js';
import { ModelRepository } from './model/model-repository.js';
import { StageStatistics } from './statistics/stage-statistics.js';
import { StatisticsReport } from './statistics/statistics-report.js';

/** The routes of the protocol, once per application, whatever the number of feature modules. */
@Module({
  controllers: [ServerController, ModelController, InferController, RepositoryController],
  providers: [MosecServer, ModelRepository, StageStatistics, StatisticsReport, InferHandler],
  exports: [ModelRepository],
})
export class OpenInferenceCoreModule implements OnModuleInit {
  constructor(private readonly adapterHost: HttpAdapterHost) {}

  onModuleInit(): void {
    const adapter: string | undefined = this.adapterHost.httpAdapter?.getType();
    if (adapter === 'fastify') return;
    throw new MosecConfigurationError(
      `OpenInferenceModule needs a Fastify application and this one ` +
        `${adapter ? `runs on ${adapter}` : 'has no HTTP server'}: create it with MosecFactory or a FastifyAdapter.`,
    );
  }
}
