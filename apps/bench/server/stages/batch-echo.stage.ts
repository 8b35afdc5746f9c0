import { bytes, Stage, type BatchStage } from 'nestjs-mosec';

/** Up to 32 requests at a time. */
@Stage({ codec: bytes, maxBatchSize: 32, maxWaitMs: 10 })
export class BatchEcho implements BatchStage<Buffer, Buffer> {
  readonly example = Buffer.from('hello');

  forwardBatch(bodies: Buffer[]): Buffer[] {
    return bodies;
  }
}
