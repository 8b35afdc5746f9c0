import { type Labels } from './exposition.js';
import { type Scrape } from './scrape.js';

/** What a histogram counted between two moments, over all of its series that have the labels. */
export interface HistogramReading {
  readonly count: number;
  readonly sum: number;
  /** 0 without observations. */
  readonly mean: number;
  /** By linear interpolation within the bucket, as Prometheus' `histogram_quantile`. 0 without observations. */
  quantile(quantile: number): number;
}

export function readHistogram(before: Scrape, after: Scrape, name: string, labels: Labels): HistogramReading {
  const grown = (series: string): number => Math.max(0, after.sum(series, labels) - before.sum(series, labels));
  const count = grown(`${name}_count`);
  const sum = grown(`${name}_sum`);
  return {
    count,
    sum,
    mean: count > 0 ? sum / count : 0,
    quantile: (quantile) => quantileOf(bucketsOf(before, after, `${name}_bucket`, labels), quantile * count),
  };
}

interface Bucket {
  readonly upTo: number;
  /** Observations up to there. */
  readonly count: number;
}

function bucketsOf(before: Scrape, after: Scrape, name: string, labels: Labels): Bucket[] {
  const bounds = [...new Set(after.own(name, labels).map((sample) => sample.labels['le'] ?? ''))];
  return bounds
    .map((le) => ({
      upTo: le === '+Inf' ? Infinity : Number(le),
      count: after.sum(name, { ...labels, le }) - before.sum(name, { ...labels, le }),
    }))
    .sort((a, b) => a.upTo - b.upTo);
}

function quantileOf(buckets: readonly Bucket[], rank: number): number {
  const index = buckets.findIndex(({ count }) => count >= rank && count > 0);
  const bucket = buckets[index];
  if (!bucket) return 0;
  const below = buckets[index - 1] ?? { upTo: 0, count: 0 };
  if (bucket.upTo === Infinity) return below.upTo;
  return below.upTo + ((bucket.upTo - below.upTo) * (rank - below.count)) / (bucket.count - below.count);
}
