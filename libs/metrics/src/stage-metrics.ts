import type { ReleaseReason, SentBatch, StageObserver } from '#libs/contracts';
import type { HistogramSeries } from './histogram-series.js';
import type { StageFamilies } from './stage-families.js';
import type { StageTotals } from './totals.js';

/** What one stage does: plain numbers, counted where it happens and labelled at a scrape. */
export class StageMetrics implements StageObserver {
  readonly released: Record<ReleaseReason, number> = { full: 0, target: 0, hold: 0, deadline: 0, idle: 0, drain: 0 };
  readonly refused = new Map<string, number>();
  cancelled = 0;
  expired = 0;
  rerun = 0;
  predictedMs = 0;
  private readonly waits: HistogramSeries;
  private readonly fill?: HistogramSeries;
  // By worker id.
  private readonly durations: HistogramSeries[] = [];
  private readonly sizes: HistogramSeries[] = [];
  private readonly collecting: HistogramSeries[] = [];

  constructor(
    readonly stage: string,
    private readonly maxBatchSize: number,
    private readonly families: StageFamilies,
  ) {
    this.waits = families.queueWait.series({ stage });
    if (this.isBatched) this.fill = families.batchFill.series({ stage });
  }

  /** Whether it ever has more than one item in a batch. */
  get isBatched(): boolean {
    return this.maxBatchSize > 1;
  }

  /** What it has done since the start. */
  get totals(): StageTotals {
    const { stage, fill } = this;
    const waits = this.waits.total;
    const batches = Object.values(this.durations).map((series) => series.total);
    return {
      stage,
      items: waits.count,
      waitMs: waits.sum * 1000,
      batches: batches.reduce((count, one) => count + one.count, 0),
      computeMs: batches.reduce((ms, one) => ms + one.sum * 1000, 0),
      filled: fill?.total ?? { count: 0, sum: 0 },
    };
  }

  batchSent({ workerId, items, sentAt, heldMs, reason }: SentBatch): void {
    for (const { arrivedAt } of items) this.waits.observe(Math.max(0, sentAt - arrivedAt) / 1000);
    if (!this.fill) return;
    const { length } = items;
    this.released[reason]++;
    this.fill.observe(length / this.maxBatchSize);
    const { families } = this;
    (this.sizes[workerId] ??= families.batchSize.series(this.labels(workerId))).observe(length);
    (this.collecting[workerId] ??= families.batchDuration.series(this.labels(workerId))).observe(heldMs / 1000);
  }

  batchDone(workerId: number, durationMs: number, predictedMs: number): void {
    const { duration } = this.families;
    (this.durations[workerId] ??= duration.series(this.labels(workerId))).observe(durationMs / 1000);
    // A batch of which nothing was known counts as foreseen, so that the two sums can be compared.
    this.predictedMs += predictedMs || durationMs;
  }

  retried(items: number): void {
    this.rerun += items;
  }

  shed(code: string): void {
    this.refused.set(code, (this.refused.get(code) ?? 0) + 1);
  }

  private labels(connection: number): Record<string, string | number> {
    return { stage: this.stage, connection };
  }
}
