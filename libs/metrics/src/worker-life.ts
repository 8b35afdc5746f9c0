import type { MetricsReport, WorkerRecord } from '#libs/contracts';
import { LifeSeries } from './life-series.js';

export interface WorkerLifeOptions {
  readonly maxSeries: number;
  /** Asks the worker for its metrics. */
  readonly scrape: () => void;
  /** Milliseconds. */
  readonly now: () => number;
  readonly warn: (message: string) => void;
  readonly dropped: (series: number) => void;
  readonly ended: (life: WorkerLife) => void;
}

/** Values that are older than this are not those of the scrape that shows them, in milliseconds. */
const FRESH_MS = 1000;

/** The metrics of one worker, from when it is ready to its end. */
export class WorkerLife implements WorkerRecord {
  readonly series: LifeSeries;
  private reportedAt: number;
  private askedAt = 0;
  private unanswered = false;
  private onAnswer?: (() => void) | undefined;
  private readonly warnings = new Set<string>();

  constructor(private readonly options: WorkerLifeOptions) {
    this.series = new LifeSeries(options.maxSeries);
    this.reportedAt = options.now();
  }

  /** Milliseconds since it was asked for what it said last: its values are not older. */
  get ageMs(): number {
    return this.options.now() - this.reportedAt;
  }

  /** Whether what is shown of it is old: it owes an answer, or has come late with it. */
  get isStale(): boolean {
    return this.unanswered || this.ageMs > FRESH_MS;
  }

  /** Resolves with its answer or its end; at once where it has not answered the question before. */
  ask(): Promise<void> {
    if (this.unanswered) return Promise.resolve();
    this.unanswered = true;
    this.askedAt = this.options.now();
    return new Promise((resolve) => {
      this.onAnswer = resolve;
      this.options.scrape();
    });
  }

  reported(report: MetricsReport): void {
    this.answered();
    if (report.failure !== undefined) return this.warnOnce(`metrics cannot be read: ${report.failure}`);
    this.reportedAt = this.askedAt;
    this.series.report(report);
    if (report.dropped === 0) return;
    this.options.dropped(report.dropped);
    this.warnOnce(
      `${report.dropped} series of its metrics are left out, from "${report.droppedFrom}" on: ` +
        'use fewer label values, or raise maxWorkerSeries',
      report.droppedFrom,
    );
  }

  ended(): void {
    this.answered();
    this.options.ended(this);
  }

  private answered(): void {
    this.unanswered = false;
    this.onAnswer?.();
    this.onAnswer = undefined;
  }

  private warnOnce(message: string, about = message): void {
    if (this.warnings.has(about)) return;
    this.warnings.add(about);
    this.options.warn(message);
  }
}
