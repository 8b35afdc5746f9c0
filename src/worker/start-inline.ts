import { NestFactory } from '@nestjs/core';
import type { ResultPort, WorkerLog, WorkItem } from '#libs/contracts';
import { describeFailure, InlineWorker } from '#libs/worker';
import type { StageClass } from '../decorators/stage-class.js';
import { loadStage, type CreateContext, type StagePlace } from './load-stage.js';
import { WorkerLogger } from './worker-logger.js';

/** Given a logger, Nest would make it that of the whole process, which is the application's here. */
const createInlineContext: CreateContext = (module) =>
  NestFactory.createApplicationContext(module, { abortOnError: false });

/** Constructs and warms up a stage in this process. */
export async function startInline(
  stageClass: StageClass,
  place: Omit<StagePlace, 'placement'>,
  log: WorkerLog,
  createContext: CreateContext = createInlineContext,
) {
  const logger = new WorkerLogger(log);
  const worker = new InlineWorker(
    () => loadStage(stageClass, { ...place, placement: 'inline' }, logger, createContext),
    place.maxConcurrency,
  );
  const details = await worker.start().catch((error: unknown) => {
    throw new Error(describeFailure(error), { cause: error });
  });
  return {
    details,
    run: (items: readonly WorkItem[], port: ResultPort) => worker.run(items, port),
    metrics: () => worker.metrics(),
    stop: () => worker.stop(),
  };
}
