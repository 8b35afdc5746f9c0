import { bytes, Stage, type BatchStage } from 'nestjs-mosec';

/** As `BatchEcho`, on a worker host. */
@Stage({ codec: bytes, maxBatchSize: 32, maxWaitMs: 10, placement: 'remote' })
export class FarBatchEcho implements BatchStage<Buffer, Buffer> {
  readonly example = Buffer.from('hello');

  forwardBatch(bodies: Buffer[]): Buffer[] {
    return bodies;
  }
}
