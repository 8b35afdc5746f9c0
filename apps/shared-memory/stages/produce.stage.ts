import { sharedMemory, Stage, type ItemStage } from 'nestjs-mosec';
import { SizeRequest } from '../size.dto.js';

/** Smaller results travel in the frames. */
const THRESHOLD_BYTES = 64 * 1024;

@Stage({ input: SizeRequest, ipc: sharedMemory({ thresholdBytes: THRESHOLD_BYTES }) })
export class Produce implements ItemStage<SizeRequest, Float64Array> {
  forward({ size }: SizeRequest): Float64Array {
    return Float64Array.from({ length: size }, (_, index) => index);
  }
}
