import 'reflect-metadata';
import { isMainThread } from 'node:worker_threads';
import { runThread, runWorker } from '#libs/worker';
import { findStage } from './find-stage.js';
import { loadStage } from './load-stage.js';
import { openStores } from './open-stores.js';
import { readSenders } from './read-senders.js';
import { WorkerLogger } from './worker-logger.js';

const run = isMainThread ? runWorker : runThread;
const placement = isMainThread ? 'process' : 'thread';

/** Entry of every worker process and worker thread: the container of one stage, then its batches. */
run(async (assignment, log) => {
  const stageClass = await findStage(assignment.file, assignment.className);
  const { hopCodecs, stores } = await readSenders(assignment.hopSenders ?? []);
  const handOver = await openStores(stageClass, assignment.store, stores, (reason) => log.log('warning', reason));
  const logger = new WorkerLogger(log);
  return loadStage(stageClass, { ...assignment, hopCodecs, handOver, placement }, logger);
});
