import { Injectable } from '@nestjs/common';
import { MosecRegistry } from '../../mosec.registry.js';
import { ModelRepository } from '../model/model-repository.js';
import { modelStageOf } from '../model/model-stage.js';
import type { ServedModel } from '../model/served-model.js';
import { describeStatistics } from './describe-statistics.js';
import { StageStatistics } from './stage-statistics.js';

/** Puts together what requests and batches say of a model. */
@Injectable()
export class StatisticsReport {
  constructor(
    private readonly registry: MosecRegistry,
    private readonly repository: ModelRepository,
    private readonly stages: StageStatistics,
  ) {
    registry.observe(stages);
  }

  of(model: ServedModel): object {
    const stages = this.registry.pipeline(model.pipelineClass).stages.map((stage) => this.stages.of(stage));
    const modelStage = modelStageOf(model.pipelineClass);
    return describeStatistics(model, this.repository.statisticsOf(model), { stages, modelStage });
  }
}
