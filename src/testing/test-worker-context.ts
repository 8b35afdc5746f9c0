import { Logger, type OnModuleDestroy } from '@nestjs/common';
import { Registry } from 'prom-client';
import { WorkerContext } from '../worker/worker-context.js';

/** The only worker of a stage, as far as a unit test of the stage is concerned. */
export class TestWorkerContext extends WorkerContext implements OnModuleDestroy {
  readonly workerId = 1;
  readonly replicas = 1;
  readonly logger: Logger;
  readonly metrics = new Registry();
  private readonly stopping = new AbortController();

  constructor(
    readonly stage: string,
    readonly maxBatchSize: number,
  ) {
    super();
    this.logger = new Logger(stage);
  }

  get signal(): AbortSignal {
    return this.stopping.signal;
  }

  onModuleDestroy(): void {
    this.stopping.abort();
  }
}
