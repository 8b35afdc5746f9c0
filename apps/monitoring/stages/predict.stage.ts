import { setTimeout as delay } from 'node:timers/promises';
import { Stage, type BatchStage } from 'nestjs-mosec';

/** What a batch costs whatever its size, as a model does: full batches pay. */
const BATCH_MS = 5;
/** Low enough to be seen on the board after a while. */
const REQUESTS_PER_LIFE = 2000;

/** Two workers that are replaced after their share of requests. */
@Stage({ replicas: 2, maxBatchSize: 16, recycle: { maxRequests: REQUESTS_PER_LIFE } })
export class Predict implements BatchStage<Float64Array, number> {
  async forwardBatch(items: Float64Array[]): Promise<number[]> {
    const means = items.map((values) => values.reduce((sum, value) => sum + value, 0) / values.length);
    await delay(BATCH_MS);
    return means;
  }
}
