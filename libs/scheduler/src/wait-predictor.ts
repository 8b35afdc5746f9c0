interface Sample {
  readonly at: number;
  readonly size: number;
  readonly ms: number;
}

/** The batches of the last 10 seconds, at most 64 of them. */
export interface RecentBatches {
  readonly count: number;
  /** Items per batch on average; 0 where there were no batches. */
  readonly meanSize: number;
  /** Milliseconds per batch on average; 0 where there were no batches. */
  readonly meanMs: number;
}

const EXPIRY_MS = 10_000;
const MOST_SAMPLES = 64;
/** An estimate this old is made anew when it is asked for. */
const FRESH_MS = 50;
const PERCENTILE = 0.75;
/** Fewer batches than this say nothing: the first ones of a process are the slow ones. */
const FEWEST_SAMPLES = 4;

/**
 * Predicts how long an item would wait in a pool's queue, from the batches of the last 10 seconds: the 75th
 * percentile of the time of a full batch, times the batches ahead, divided by the ready replicas. The time of a full
 * batch is a linear fit over batch sizes where at least two sizes were seen.
 */
export class WaitPredictor {
  private readonly samples: Sample[] = [];
  private estimate = 0;
  private estimatedAt = -Infinity;

  constructor(private readonly maxBatchSize: number) {}

  /** A batch of `size` items took `ms`. */
  record(now: number, size: number, ms: number): void {
    this.samples.push({ at: now, size, ms });
    if (this.samples.length > MOST_SAMPLES) this.samples.shift();
  }

  /**
   * @param itemsAhead waiting and running
   * @param ready replicas, at least one
   * @returns milliseconds; 0 while nothing is known
   */
  waitMs(now: number, itemsAhead: number, ready: number): number {
    return (this.batchMs(now) * Math.ceil(itemsAhead / this.maxBatchSize)) / ready;
  }

  /** Milliseconds that a full batch takes; 0 while nothing is known. */
  batchMs(now: number): number {
    if (now - this.estimatedAt < FRESH_MS) return this.estimate;
    this.estimatedAt = now;
    this.forget(now);
    return (this.estimate = fullBatchMs(this.samples, this.maxBatchSize));
  }

  recent(now: number): RecentBatches {
    this.forget(now);
    const count = this.samples.length;
    const mean = (of: (sample: Sample) => number): number =>
      count === 0 ? 0 : this.samples.reduce((sum, sample) => sum + of(sample), 0) / count;
    return { count, meanSize: mean(({ size }) => size), meanMs: mean(({ ms }) => ms) };
  }

  private forget(now: number): void {
    while (this.samples[0] && now - this.samples[0].at > EXPIRY_MS) this.samples.shift();
  }
}

function fullBatchMs(samples: readonly Sample[], maxBatchSize: number): number {
  if (samples.length < FEWEST_SAMPLES) return 0;
  const { slope, base } = fit(samples);
  if (slope <= 0) return percentile(samples.map(({ ms }) => ms));
  const typical = (size: number): number => Math.max(base + slope * size, 1e-3);
  return typical(maxBatchSize) * percentile(samples.map(({ size, ms }) => ms / typical(size)));
}

/** Least squares of time over size; slope 0 when all sizes are equal. */
function fit(samples: readonly Sample[]): { slope: number; base: number } {
  const mean = (of: (sample: Sample) => number): number => samples.reduce((sum, s) => sum + of(s), 0) / samples.length;
  const meanSize = mean(({ size }) => size);
  const meanMs = mean(({ ms }) => ms);
  const variance = mean(({ size }) => (size - meanSize) ** 2);
  const slope = variance > 0 ? mean(({ size, ms }) => (size - meanSize) * (ms - meanMs)) / variance : 0;
  return { slope, base: Math.max(0, meanMs - slope * meanSize) };
}

function percentile(values: number[]): number {
  values.sort((a, b) => a - b);
  return values[Math.min(values.length - 1, Math.floor(values.length * PERCENTILE))] as number;
}
