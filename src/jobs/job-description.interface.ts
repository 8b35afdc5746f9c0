import type { JobFailure, JobState } from '#libs/jobs';

/** How far a job is. @publicApi */
export interface JobProgress {
  /** Name of the stage that it is at. */
  readonly stage: string;
  /** Its place among the stages, from 0. */
  readonly index: number;
  /** Number of stages. */
  readonly count: number;
}

/** A job as `/jobs/{id}` shows it. Times are in ISO 8601. @publicApi */
export interface JobDescription {
  readonly id: string;
  readonly state: JobState;
  /** Path of the route that it came by. */
  readonly route: string;
  readonly createdAt: string;
  /** When it was begun, the last time if there were several. */
  readonly startedAt?: string;
  readonly finishedAt?: string;
  /** While it runs. */
  readonly progress?: JobProgress;
  /** Status of the answer, once there is one. */
  readonly statusCode?: number;
  /** Where its answer is to be had, once there is one. */
  readonly result?: string;
  /** Why it failed. */
  readonly error?: JobFailure;
}

/** A job as the application sees it. @publicApi */
export interface Job extends JobDescription {
  /** What the option `owner` said of its request. */
  readonly owner?: string;
}
