import { Injectable } from '@nestjs/common';
import { MosecServer } from '../mosec-server.js';
import { ModelRepository } from '../model/model-repository.js';
import { modelStageOf } from '../model/model-stage.js';
import type { ServedModel } from '../model/served-model.js';
import { describeStatistics } from './describe-statistics.js';
import { StageStatistics } from './stage-statistics.js';

/** Puts together what requests and batches say of a model. */
@Injectable()
export class StatisticsReport {
  constructor(
    private readonly server: MosecServer,
    private readonly repository: ModelRepository,
    private readonly stages: StageStatistics,
  ) {
    server.registry.observe((stage) => stages.watch(stage));
  }

  of(model: ServedModel): object {
    const stages = this.server.registry.pipeline(model.pipelineClass).stages.map((stage) => this.stages.of(stage));
    const modelStage = modelStageOf(model.pipelineClass);
    return describeStatistics(model, this.repository.statisticsOf(model), { stages, modelStage });
  }
}
