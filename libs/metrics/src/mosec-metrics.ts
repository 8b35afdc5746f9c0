import { Gauge, Registry } from 'prom-client';
import type { ReleaseReason, StageObserver } from '#libs/contracts';
import { AnswerCounter } from './answer-counter.js';
import { registerHandOvers, type HandOverUsage } from './hand-over-metrics.js';
import type { HistogramSeries } from './histogram-series.js';
import { StreamMetrics } from './stream-metrics.js';
import { registerSharedMemory, type SharedMemoryUsage } from './shared-memory-metrics.js';
import { StageHistogram } from './stage-histogram.js';

/** 1 ms · 2^k, enough of them to cover the request timeout (mosec's rule; 13 buckets for its 3 s default). */
function durationBuckets(timeoutMs: number): number[] {
  const count = Math.ceil(Math.log2(Math.max(timeoutMs, 1))) + 1;
  return Array.from({ length: count }, (_, k) => 2 ** k / 1000);
}

const BATCH_SIZES = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512];

export interface MosecMetricsOptions {
  readonly namespace: string;
  readonly timeoutMs: number;
  /** Accepted requests without an answer yet, asked at each scrape. */
  readonly remainingTasks: () => number;
  /** What there is to tell of the shared memory, asked at each scrape; absent where there is none. */
  readonly sharedMemory?: (() => SharedMemoryUsage) | undefined;
}

/**
 * The five metrics of mosec, with its names, types and labels
 * (https://mosecorg.github.io/mosec/reference/interface.html), on a registry of their own, and those of this package.
 */
export class MosecMetrics implements StageObserver {
  readonly registry = new Registry();
  private streamMetrics?: StreamMetrics;
  private readonly throughput: AnswerCounter;
  private readonly duration: StageHistogram;
  private readonly batchSize: StageHistogram;
  private readonly batchDuration: StageHistogram;
  private readonly total: HistogramSeries;

  constructor(private readonly options: MosecMetricsOptions) {
    const { namespace, timeoutMs, remainingTasks, sharedMemory } = options;
    const buckets = durationBuckets(timeoutMs);
    const name = (suffix: string): string => `${namespace}_${suffix}`;
    const histogram = (suffix: string, help: string, bounds: number[]): StageHistogram =>
      new StageHistogram({ name: name(suffix), help, buckets: bounds }, this.registry);
    this.throughput = new AnswerCounter(name('throughput_total'), 'answered requests', this.registry);
    const meaning = 'time of a batch in a worker; of a request through all stages where stage is "total"';
    this.duration = histogram('process_duration_second', meaning, buckets);
    this.batchSize = histogram('batch_size', 'items per batch', BATCH_SIZES);
    this.batchDuration = histogram('batch_duration_second', 'time to collect a batch', buckets);
    new Gauge({
      name: name('remaining_task'),
      help: 'accepted requests without an answer yet',
      registers: [this.registry],
      collect() {
        this.set(remainingTasks());
      },
    });
    if (sharedMemory) registerSharedMemory(this.registry, namespace, sharedMemory);
    this.total = this.duration.series('total', 'total');
  }

  /** Stages hand over through Redis; what there is to tell of each is asked at each scrape. */
  showHandOvers(usages: () => readonly HandOverUsage[]): void {
    registerHandOvers(this.registry, this.options.namespace, usages);
  }

  /** Registered when the first pipeline that streams asks for them. */
  get streams(): StreamMetrics {
    const { namespace, timeoutMs } = this.options;
    return (this.streamMetrics ??= new StreamMetrics(this.registry, namespace, durationBuckets(timeoutMs)));
  }

  /** A request of a route was answered. */
  answered(endpoint: string, code: number): void {
    this.throughput.count(endpoint, code);
  }

  /** A request succeeded after this long. */
  succeeded(durationMs: number): void {
    this.total.observe(durationMs / 1000);
  }

  batchSent(stage: string, workerId: number, size: number, collectMs: number, _reason: ReleaseReason): void {
    this.batchSize.observe(stage, workerId, size);
    this.batchDuration.observe(stage, workerId, collectMs / 1000);
  }

  batchDone(stage: string, workerId: number, durationMs: number): void {
    this.duration.observe(stage, workerId, durationMs / 1000);
  }
}
