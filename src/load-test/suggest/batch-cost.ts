import { type StageReading } from '../server/server-reading.js';
import { type BatchCost } from './suggestion.js';

/** Sizes have to differ by this factor, or the line through them says nothing. */
const SPREAD = 1.3;
const FEWEST_POINTS = 3;

/**
 * Least squares of the mean time over the mean size of batches, one point per reading, weighted by its batches.
 * @returns undefined if the sizes differ too little, or longer batches were not the slower ones
 */
export function batchCost(readings: readonly StageReading[]): BatchCost | undefined {
  const points = readings.filter(({ batches, maxBatchSize }) => batches > 0 && maxBatchSize !== undefined);
  const sizes = points.map(({ meanBatch }) => meanBatch);
  if (points.length < FEWEST_POINTS || Math.max(...sizes) < SPREAD * Math.min(...sizes)) return undefined;
  const mean = (value: (point: StageReading) => number): number => {
    const weighted = points.reduce((sum, point) => sum + point.batches * value(point), 0);
    return weighted / points.reduce((sum, { batches }) => sum + batches, 0);
  };
  const size = mean(({ meanBatch }) => meanBatch);
  const time = mean(({ serviceMeanMs }) => serviceMeanMs);
  const covariance = mean(({ meanBatch, serviceMeanMs }) => (meanBatch - size) * (serviceMeanMs - time));
  const perItemMs = covariance / mean(({ meanBatch }) => (meanBatch - size) ** 2);
  const fixedMs = time - perItemMs * size;
  return perItemMs >= 0 && fixedMs >= 0 ? { fixedMs, perItemMs } : undefined;
}
