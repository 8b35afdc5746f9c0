import type { DynamicModule } from '@nestjs/common';
import type { StageClass } from '../decorators/stage-class.js';
import { getStageDefinition } from '../decorators/stage-definition.js';
import { createStageModule } from '../worker/stage-module.js';
import { TestWorkerContext } from './test-worker-context.js';

/**
 * The module that a worker of this stage is made of: the stage, its imports and providers, and a `WorkerContext`
 * with worker id 1 whose signal aborts when the testing module is closed. Nothing is warmed up.
 *
 * @example
 * const moduleRef = await Test.createTestingModule({ imports: [stageModule(Classify)] })
 *   .overrideProvider(SentimentModel)
 *   .useValue(fakeModel)
 *   .compile();
 * const classify = moduleRef.get(Classify, { strict: false });
 * @throws MosecConfigurationError when the class has no `@Stage`
 * @publicApi
 */
export function stageModule(stageClass: StageClass): DynamicModule {
  const { maxBatchSize = 1 } = getStageDefinition(stageClass)?.options ?? {};
  return createStageModule(stageClass, new TestWorkerContext(stageClass.name, maxBatchSize));
}
