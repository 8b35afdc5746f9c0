import { Stage, type ItemStage } from 'nestjs-mosec';
import { PredictRequest } from '../predict.dto.js';

/** Its results are large enough to travel through shared memory. */
@Stage({ input: PredictRequest })
export class Prepare implements ItemStage<PredictRequest, Float64Array> {
  forward({ size }: PredictRequest): Float64Array {
    return Float64Array.from({ length: size }, (_, index) => index);
  }
}
