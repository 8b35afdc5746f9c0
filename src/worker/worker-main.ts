import 'reflect-metadata';
import { runWorker } from '#libs/worker';
import { findStage } from './find-stage.js';
import { loadStage } from './load-stage.js';
import { WorkerLogger } from './worker-logger.js';

/** Entry of every worker process: the container of one stage, then its batches. */
runWorker(async (assignment, log) => {
  const stageClass = await findStage(assignment.file, assignment.className);
  return loadStage(stageClass, assignment, new WorkerLogger(assignment.logLevel, log));
});
