import { msgpack, Stage, type BatchStage } from 'nestjs-mosec';

@Stage({ maxBatchSize: 16, codec: msgpack })
export class Infer implements BatchStage<Uint8Array, number> {
  forwardBatch(items: Uint8Array[]): number[] {
    return items.map(({ length }) => length);
  }
}
