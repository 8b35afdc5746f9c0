import { Module, type DynamicModule } from '@nestjs/common';
import { MosecModule } from '../mosec.module.js';
import { ModelRepository } from './model/model-repository.js';
import { serveModel } from './model/serve-model.js';
import { OpenInferenceCoreModule } from './open-inference-core.module.js';
import type { OpenInferenceOptions } from './open-inference-options.interface.js';

/**
 * Serves pipelines by the Open Inference protocol v2, as KServe and Triton do over HTTP
 * (https://github.com/kserve/open-inference-protocol/blob/main/specification/protocol/inference_rest.md): health,
 * metadata, inference in JSON and with binary tensors, statistics, repository index. May be imported several times; all
 * models share `/v2`.
 * @publicApi
 */
@Module({})
export class OpenInferenceModule {
  /** @throws MosecConfigurationError naming the model, what is wrong with it, and the cure */
  static forFeature({ models }: OpenInferenceOptions): DynamicModule {
    const served = Object.entries(models).map(([name, model]) => serveModel(name, model));
    const pipelines = [...new Set(served.map(({ pipelineClass }) => pipelineClass))];
    return {
      module: OpenInferenceModule,
      imports: [OpenInferenceCoreModule, MosecModule.forFeature(pipelines)],
      providers: [
        {
          provide: Symbol('OpenInferenceModels'),
          inject: [ModelRepository],
          useFactory: (repository: ModelRepository) => served.forEach((model) => repository.add(model)),
        },
      ],
    };
  }
}
