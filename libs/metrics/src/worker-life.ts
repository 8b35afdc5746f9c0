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

/** The metrics of one worker, from when it is ready to its end. */
export class WorkerLife implements WorkerRecord {
  readonly series: LifeSeries;
  private reportedAt: number;
  private unanswered = false;
  private onAnswer?: (() => void) | undefined;
  private readonly warnings = new Set<string>();

  constructor(private readonly options: WorkerLifeOptions) {
    this.series = new LifeSeries(options.maxSeries);
    this.reportedAt = options.now();
  }

  /** Milliseconds since it last said anything. */
  get ageMs(): number {
    return this.options.now() - this.reportedAt;
  }

  /** Whether it owes an answer: then what is shown of it is old. */
  get isStale(): boolean {
    return this.unanswered;
  }

  /** Resolves with its answer or its end; at once where it has not answered the question before. */
  ask(): Promise<void> {
    if (this.unanswered) return Promise.resolve();
    this.unanswered = true;
    return new Promise((resolve) => {
      this.onAnswer = resolve;
      this.options.scrape();
    });
  }

  reported(report: MetricsReport): void {
    this.answered();
    if (report.failure !== undefined) return this.warnOnce(`metrics cannot be read: ${report.failure}`);
    this.reportedAt = this.options.now();
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
