export { Pipeline, type PipelineOptions, type PipelineObserver } from './pipeline.js';
export { ByteBudget } from './byte-budget.js';
export type { Task } from './task.js';
export { DeadlineWheel } from './deadline-wheel.js';
export type { PipelineRequest } from './pipeline-request.js';
export type { StreamRequest } from './stream-request.js';
export type { StreamObserver } from './stream-observer.js';
export type { WheelEntry } from './wheel-entry.js';
