import { isOk, latencyOf, TIMEOUT, type Outcome } from '../client/outcome.js';
import { LatencyHistogram } from './latency-histogram.js';

/** Widths of the bins, in milliseconds: the first that gives few enough of them is taken. */
const WIDTHS = [100, 200, 500, 1000, 2000, 5000, 10_000, 30_000, 60_000, 300_000, 3_600_000];
/** More would not be told apart in a plot. */
const MOST_BINS = 60;

interface Bin {
  ok: number;
  failed: number;
  readonly latency: LatencyHistogram;
}

export interface TimelinePoint {
  /** Begin of the bin, in seconds from the begin of the measurement. */
  readonly atS: number;
  readonly okPerS: number;
  readonly failedPerS: number;
  /** Null if no request of the bin has a latency. */
  readonly p50Ms: number | null;
  readonly p99Ms: number | null;
}

/** Rates and latencies over time, by the intended start of the requests. */
export class Timeline {
  private readonly widthMs: number;
  private readonly bins: Bin[];

  constructor(durationMs: number) {
    this.widthMs = WIDTHS.find((width) => durationMs / width <= MOST_BINS) ?? durationMs / MOST_BINS;
    const bins = Math.max(1, Math.ceil(durationMs / this.widthMs));
    this.bins = Array.from({ length: bins }, () => ({ ok: 0, failed: 0, latency: new LatencyHistogram(2) }));
  }

  /** @param startMs intended start, from the begin of the measurement */
  add(startMs: number, outcome: Outcome): void {
    const bin = this.bins[Math.floor(startMs / this.widthMs)];
    if (!bin) return;
    const ok = isOk(outcome);
    if (ok) bin.ok++;
    else bin.failed++;
    if (ok || outcome.code === TIMEOUT) bin.latency.record(latencyOf(outcome));
  }

  /** @param untilMs how long was measured: bins after it are left out, the last one may be shorter */
  points(untilMs: number): TimelinePoint[] {
    return this.bins.flatMap(({ ok, failed, latency }, index) => {
      const startMs = index * this.widthMs;
      const seconds = (Math.min(untilMs, startMs + this.widthMs) - startMs) / 1000;
      if (seconds <= 0) return [];
      const [p50Ms, p99Ms] = [50, 99].map((p) => (latency.count === 0 ? null : latency.percentile(p)));
      const rates = { okPerS: ok / seconds, failedPerS: failed / seconds };
      return [{ atS: startMs / 1000, ...rates, p50Ms: p50Ms ?? null, p99Ms: p99Ms ?? null }];
    });
  }
}
