import { Stage, WorkerContext, type ItemStage } from 'nestjs-mosec';

const DEVICES = ['0', '1', '2', '3'];

export interface Placement {
  worker: number;
  device: string | undefined;
}

/** One replica per device: each worker process sees its own variable, set before anything is loaded. */
@Stage({ replicas: DEVICES.length, env: DEVICES.map((device) => ({ CUDA_VISIBLE_DEVICES: device })) })
export class Infer implements ItemStage<object, Placement> {
  /** As a model would read it while it is loaded. */
  private readonly device = process.env['CUDA_VISIBLE_DEVICES'];

  constructor(private readonly worker: WorkerContext) {}

  forward(): Placement {
    return { worker: this.worker.workerId, device: this.device };
  }
}
