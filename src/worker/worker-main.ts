import 'reflect-metadata';
import { runWorker } from '#libs/worker';
import { findHopCodecs } from './find-hop-codecs.js';
import { findStage } from './find-stage.js';
import { loadStage } from './load-stage.js';
import { WorkerLogger } from './worker-logger.js';

/** Entry of every worker process: the container of one stage, then its batches. */
runWorker(async (assignment, log) => {
  const stageClass = await findStage(assignment.file, assignment.className);
  const hopCodecs = await findHopCodecs(assignment.hopSenders ?? []);
  return loadStage(stageClass, { ...assignment, hopCodecs }, new WorkerLogger(assignment.logLevel, log));
});
