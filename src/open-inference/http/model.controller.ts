import { applyDecorators, Controller, Get, Param, Res, UseFilters } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { MosecServer } from '../mosec-server.js';
import { describeModel } from '../model/describe-model.js';
import { ModelRepository } from '../model/model-repository.js';
import type { ServedModel } from '../model/served-model.js';
import { StatisticsReport } from '../statistics/statistics-report.js';
import { Operation } from './operation.js';
import { OpenInferenceFilter } from './open-inference.filter.js';
import { ERROR, MODEL_METADATA, MODEL_READY, STATISTICS } from './open-api-schemas.js';
import { PLAIN, STATE } from './route-configs.js';

const NoModel = (): MethodDecorator =>
  applyDecorators(ApiResponse({ status: 404, description: 'There is no such model or version', schema: ERROR }));

/** What the protocol tells of the models. */
@Controller('v2/models')
@UseFilters(OpenInferenceFilter)
@ApiTags('Open Inference')
export class ModelController {
  constructor(
    private readonly server: MosecServer,
    private readonly repository: ModelRepository,
    private readonly statistics: StatisticsReport,
  ) {}

  @Get('stats')
  @Operation(PLAIN, { summary: 'Statistics of all models', operationId: 'v2Statistics' })
  @ApiResponse({ status: 200, description: 'One entry per model', schema: STATISTICS })
  allStats(): object {
    return { model_stats: this.repository.models.map((model) => this.statistics.of(model)) };
  }

  @Get([':model', ':model/versions/:version'])
  @Operation(PLAIN, { summary: 'Inputs and outputs of a model', operationId: 'v2ModelMetadata' })
  @ApiResponse({ status: 200, description: 'The metadata', schema: MODEL_METADATA })
  @NoModel()
  metadata(@Param('model') name: string, @Param('version') version?: string): object {
    return describeModel(this.repository.find(name, version));
  }

  @Get([':model/ready', ':model/versions/:version/ready'])
  @Operation(STATE, { summary: 'Whether a model can take requests', operationId: 'v2ModelReady' })
  @ApiResponse({ status: 200, description: 'It can', schema: MODEL_READY })
  @ApiResponse({ status: 503, description: 'It is loading, degraded or shutting down', schema: MODEL_READY })
  @NoModel()
  ready(
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('model') name: string,
    @Param('version') version?: string,
  ): object {
    const model = this.repository.find(name, version);
    const ready = this.isReady(model);
    void reply.code(ready ? 200 : 503);
    return { name, ready };
  }

  @Get([':model/stats', ':model/versions/:version/stats'])
  @Operation(PLAIN, { summary: 'Statistics of a model', operationId: 'v2ModelStatistics' })
  @ApiResponse({ status: 200, description: 'One entry', schema: STATISTICS })
  @NoModel()
  stats(@Param('model') name: string, @Param('version') version?: string): object {
    return { model_stats: [this.statistics.of(this.repository.find(name, version))] };
  }

  private isReady(model: ServedModel): boolean {
    return this.server.registry.engine.isReady(model.pipelineClass);
  }
}
