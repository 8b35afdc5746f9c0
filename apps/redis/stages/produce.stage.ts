import { redis, Stage, type ItemStage } from 'nestjs-mosec';
import { SizeRequest } from '../size.dto.js';

/** Means the same server here and in the workers, which inherit the variable. */
const REDIS_URL = process.env['REDIS_URL'] ?? 'redis://localhost:6379';

@Stage({ input: SizeRequest, ipc: redis({ url: REDIS_URL, prefix: 'tensors' }) })
export class Produce implements ItemStage<SizeRequest, Float64Array> {
  forward({ size }: SizeRequest): Float64Array {
    return Float64Array.from({ length: size }, (_, index) => index);
  }
}
