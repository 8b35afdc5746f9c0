import type { LoggerService } from '@nestjs/common';
import type { Registry } from 'prom-client';

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
  /**
   * Metrics that are registered here (`registers: [context.metrics]`) appear on the server's `/metrics`, with the label
   * `stage`; the values of all workers of the stage become one as the `aggregator` of the metric says (a sum by default).
   */
  abstract readonly metrics: Registry;
}
