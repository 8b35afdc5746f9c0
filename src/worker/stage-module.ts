import type { DynamicModule } from '@nestjs/common';
import type { StageClass } from '../decorators/stage-class.js';
import { getStageDefinition } from '../decorators/stage-definition.js';
import { MosecConfigurationError } from '../interfaces/mosec-configuration.error.js';
import { WorkerContext } from './worker-context.js';

/** Holds the one stage of a worker with its imports and providers: all that exists there. */
class StageModule {}

/** The module of a stage's worker. */
export function createStageModule(stageClass: StageClass, context: WorkerContext): DynamicModule {
  const definition = getStageDefinition(stageClass);
  if (!definition) {
    throw new MosecConfigurationError(`Class "${stageClass.name}" is no stage: decorate it with @Stage().`);
  }
  const { imports = [], providers = [] } = definition.options;
  return {
    module: StageModule,
    imports: [
      ...(typeof imports === 'function' ? imports() : imports),
      { module: WorkerContextModule, global: true, providers: [contextProvider(context)], exports: [WorkerContext] },
    ],
    providers: [...(typeof providers === 'function' ? providers() : providers), stageClass],
    exports: [stageClass],
  };
}

/** Global, so that providers of imported modules see the context too. */
class WorkerContextModule {}

function contextProvider(context: WorkerContext) {
  return { provide: WorkerContext, useValue: context };
}
