import { Stage, type BatchStage } from 'nestjs-mosec';
import type { Flower, Iris } from '../iris.js';

/** The mean flower of each species in the iris data set (R. A. Fisher, 1936). */
const MEANS = [
  { species: 'setosa', measures: [5.006, 3.428, 1.462, 0.246] },
  { species: 'versicolor', measures: [5.936, 2.77, 4.26, 1.326] },
  { species: 'virginica', measures: [6.588, 2.974, 5.552, 2.026] },
];

/** The whole model: the species whose mean is nearest. */
@Stage({ maxBatchSize: 32 })
export class NearestMean implements BatchStage<Flower, Iris> {
  example: Flower = { measures: { dtype: 'float32', shape: [4], data: Float32Array.of(5, 3, 1, 0.2) } };

  forwardBatch(flowers: Flower[]): Iris[] {
    return flowers.map(({ measures }) => {
      const distances = Float32Array.from(MEANS, (mean) => distance(measures.data, mean.measures));
      const nearest = MEANS[distances.indexOf(Math.min(...distances))];
      return {
        species: { dtype: 'bytes', shape: [1], data: [nearest?.species ?? ''] },
        distances: { dtype: 'float32', shape: [MEANS.length], data: distances },
      };
    });
  }
}

function distance(a: Float32Array, b: readonly number[]): number {
  return Math.hypot(...a.map((value, i) => value - (b[i] ?? 0)));
}
