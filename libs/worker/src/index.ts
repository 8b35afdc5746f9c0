export type { HandOverPort, StageHost, StageInstance } from './stage-host.js';
export type { LoadStage, LoadedStage, StageAssignment } from './load-stage.js';
export { describeFailure } from './describe-failure.js';
export { runWorker } from './run-worker.js';
export { runThread } from './run-thread.js';
export { InlineWorker, type InlineRun } from './inline-worker.js';
export { loadRouteCodecs } from './load-route-codecs.js';
