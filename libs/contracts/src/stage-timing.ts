/** How a request fared at one stage. Times in milliseconds. */
export interface StageTiming {
  readonly stage: string;
  /** From its arrival at the stage to the begin of its batch. */
  readonly queueMs: number;
  /** From the begin of its batch to its own result. */
  readonly computeMs: number;
  readonly batchSize: number;
}
