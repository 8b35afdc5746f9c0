import type { StageClass, StageHandler } from './stage-class.js';
import type { StageRuntime } from './stage-runtime.js';

/** One place in a pipeline: a stage class, or a pool of its own made with `stageRuntime`. @publicApi */
export type StageRef<T extends StageHandler = StageHandler> = StageClass<T> | StageRuntime<T>;

/** The stages of a pipeline, in order. @publicApi */
export type StageList = readonly [StageRef, ...StageRef[]];
