import type { MetricFamily } from '#libs/contracts';
import { aggregate, byName } from './aggregate.js';
import { CumulativeSeries } from './cumulative-series.js';
import type { WorkerLife } from './worker-life.js';

/** One place among the workers of a stage: who serves there, and what those before had counted. */
export class WorkerPlace {
  /** Two while one takes over from the other; the last one is the youngest. */
  private readonly lives: WorkerLife[] = [];
  private readonly past: CumulativeSeries;
  dropped = 0;

  constructor(
    readonly stage: string,
    readonly worker: string,
    maxSeries: number,
  ) {
    this.past = new CumulativeSeries(maxSeries);
  }

  /** The worker that serves here. */
  get youngest(): WorkerLife | undefined {
    return this.lives.at(-1);
  }

  get living(): readonly WorkerLife[] {
    return this.lives;
  }

  add(life: WorkerLife): void {
    this.lives.push(life);
  }

  /** Its counters stay, its gauges go. */
  remove(life: WorkerLife): void {
    this.lives.splice(this.lives.indexOf(life), 1);
    this.past.report(life.series.cumulative);
    this.past.end();
  }

  get families(): MetricFamily[] {
    const counted = [this.past.families, ...this.lives.map(({ series }) => series.cumulative)].flat();
    const sums = byName(counted).flatMap((same) => aggregate(same, 'sum') ?? []);
    return [...sums, ...(this.youngest?.series.gauges ?? [])];
  }
}
