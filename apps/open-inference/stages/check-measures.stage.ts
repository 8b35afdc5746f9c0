import { Stage, ValidationError, type ItemStage } from 'nestjs-mosec';
import type { Flower } from '../iris.js';

/** Refuses what no flower measures: that request alone gets 422. */
@Stage()
export class CheckMeasures implements ItemStage<Flower, Flower> {
  forward(flower: Flower): Flower {
    const bad = flower.measures.data.find((value) => !(value > 0));
    if (bad !== undefined) throw new ValidationError(`a length has to be positive, and ${bad} is not`);
    return flower;
  }
}
