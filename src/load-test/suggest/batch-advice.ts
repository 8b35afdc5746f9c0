import { type StageReading } from '../server/server-reading.js';
import { type BatchCost, type Evidence, type Suggestion } from './suggestion.js';

/** Most batches are full. */
const FULL = 0.8;
/** A batch of that fill is mostly air. */
const LOW_FILL = 0.5;
/** Most batches left for one reason. */
const MOSTLY = 0.5;
/** A batch of twice the size has to be done in less than this part of the time of two. */
const WORTH = 0.8;
/** Holding for less than this part of the time of a batch does not matter. */
const NOTICED_HOLD = 0.2;

/** Whether batches of the stage should be larger, or be held for a shorter or a longer time. */
export function batchAdvice(reading: StageReading, evidence: Evidence): Suggestion[] {
  const { fill, batches, releases, maxBatchSize } = reading;
  if (fill === undefined || maxBatchSize === undefined || batches === 0) return [];
  const share = (reason: string): number => (releases[reason] ?? 0) / batches;
  if (share('full') >= FULL && isQueued(reading)) return largerBatch(reading, maxBatchSize, evidence);
  const held = reading.holdMeanMs > NOTICED_HOLD * reading.serviceMeanMs;
  if (share('hold') >= MOSTLY && fill < LOW_FILL && held) return [shorterWait(reading, maxBatchSize)];
  if (share('deadline') >= MOSTLY && fill < LOW_FILL) return [tightDeadline(reading)];
  return [];
}

const isQueued = ({ queueMeanMs, serviceMeanMs }: StageReading): boolean => queueMeanMs > serviceMeanMs / 2;

function largerBatch({ stage, meanBatch }: StageReading, size: number, { batchCosts }: Evidence): Suggestion[] {
  const cost = batchCosts.get(stage);
  const full = `Batches of "${stage}" are full (${meanBatch.toFixed(1)} of ${size}) and requests wait`;
  if (!cost) {
    const text = `${full}: try maxBatchSize: ${size * 2}, if a batch of twice the size takes less than twice the time.`;
    return [{ kind: 'larger-batch', stage, text }];
  }
  if (timeOf(cost, size * 2) > WORTH * 2 * timeOf(cost, size)) return [];
  const [one, two] = [timeOf(cost, size), timeOf(cost, size * 2)].map((ms) => ms.toFixed(1));
  const text = `${full}; one of ${size} takes ${one} ms, one of ${size * 2} would take about ${two} ms: try maxBatchSize: ${size * 2}.`;
  return [{ kind: 'larger-batch', stage, text }];
}

const timeOf = ({ fixedMs, perItemMs }: BatchCost, items: number): number => fixedMs + perItemMs * items;

function shorterWait({ stage, holdMeanMs, meanBatch, serviceMeanMs }: StageReading, size: number): Suggestion {
  const held = `Batches of "${stage}" were held for ${holdMeanMs.toFixed(1)} ms and left with ${meanBatch.toFixed(1)} of ${size} items`;
  const shorter = Math.max(0, Math.floor(holdMeanMs / 2));
  const text = `${held}, where one takes ${serviceMeanMs.toFixed(1)} ms: try maxWaitMs: ${shorter}, or waitPolicy: 'adaptive'.`;
  return { kind: 'shorter-wait', stage, text };
}

function tightDeadline({ stage, meanBatch }: StageReading): Suggestion {
  const text = `Most batches of "${stage}" left with ${meanBatch.toFixed(1)} items as a member would have been late: raise --timeout of the server, or make the stage faster.`;
  return { kind: 'tight-deadline', stage, text };
}
