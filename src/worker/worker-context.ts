import type { LoggerService } from '@nestjs/common';

/**
 * What a stage may know about the worker it lives in; inject it into a stage or into a provider of its worker.
 * @publicApi
 */
export abstract class WorkerContext {
  /** Name of the stage, as in logs and metrics. */
  abstract readonly stage: string;
  /** Counts from 1 within the stage; a replacement takes the number of the worker it replaces. */
  abstract readonly workerId: number;
  abstract readonly maxBatchSize: number;
  /** Workers of the stage, this one included: what to share the cores among. */
  abstract readonly replicas: number;
  /** Aborts when the worker is being stopped. */
  abstract readonly signal: AbortSignal;
  /** Writes to the gateway's log, with stage and worker id. */
  abstract readonly logger: LoggerService;
}
