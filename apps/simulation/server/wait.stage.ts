import { setTimeout as sleep } from 'node:timers/promises';
import { bytes, Stage, type BatchStage } from 'nestjs-mosec';

const { WAIT_BASE_MS = '0', WAIT_ITEM_MS = '0', WAIT_BATCH = '2' } = process.env;

/** Takes the time of a model without its processor: a batch of n waits for `base + n × item` ms, and tells n. */
@Stage({ codec: bytes, maxBatchSize: Number(WAIT_BATCH), maxWaitMs: 10 })
export class Wait implements BatchStage<Buffer, Buffer> {
  async forwardBatch(items: Buffer[]): Promise<Buffer[]> {
    await sleep(Number(WAIT_BASE_MS) + Number(WAIT_ITEM_MS) * items.length);
    return items.map(() => Buffer.from(String(items.length)));
  }
}
