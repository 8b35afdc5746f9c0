import { createHistogram, type RecordableHistogram } from 'node:perf_hooks';

const MICROSECONDS = 1000;
/** The largest time that is told apart, in microseconds: an hour. */
const LONGEST = 3600 * 1000 * MICROSECONDS;

/** Percentiles at which the curve is drawn: closer and closer to 100. */
const CURVE = [0, 10, 25, 50, 75, 90, 95, 97.5, 99, 99.5, 99.75, 99.9, 99.95, 99.975, 99.99, 99.995, 99.999];

export interface LatencySummary {
  readonly count: number;
  readonly min: number;
  readonly mean: number;
  readonly p50: number;
  readonly p90: number;
  readonly p99: number;
  readonly p999: number;
  readonly max: number;
}

/** Times in milliseconds, in Node's own HdrHistogram. */
export class LatencyHistogram {
  private readonly histogram: RecordableHistogram;

  /** @param figures significant decimal digits that are kept */
  constructor(figures: 2 | 3 = 3) {
    this.histogram = createHistogram({ lowest: 1, highest: LONGEST, figures });
  }

  record(ms: number): void {
    // The lowest that the histogram takes is 1.
    this.histogram.record(Math.min(LONGEST, Math.max(1, Math.round(ms * MICROSECONDS))));
  }

  get count(): number {
    return this.histogram.count;
  }

  /** 0 while it is empty. */
  percentile(percentile: number): number {
    if (this.count === 0) return 0;
    if (percentile === 0) return this.histogram.min / MICROSECONDS;
    // Values of a bucket are told by its upper end, which may be above the largest one.
    return Math.min(this.histogram.percentile(percentile), this.histogram.max) / MICROSECONDS;
  }

  /** Undefined while it is empty. */
  summary(): LatencySummary | undefined {
    const { count, histogram } = this;
    if (count === 0) return undefined;
    const [p50, p90, p99, p999] = [50, 90, 99, 99.9].map((percentile) => this.percentile(percentile)) as Quartet;
    const [min, mean, max] = [histogram.min, histogram.mean, histogram.max].map((us) => us / MICROSECONDS) as Triple;
    return { count, min, mean, p50, p90, p99, p999, max };
  }

  /** As far as there are samples to tell percentiles apart, and the largest at 100. */
  curve(): { percentile: number; ms: number }[] {
    const told = CURVE.filter((percentile) => (1 - percentile / 100) * this.count >= 1);
    return [...told, 100].map((percentile) => ({ percentile, ms: this.percentile(percentile) }));
  }
}

type Triple = [number, number, number];
type Quartet = [number, number, number, number];
