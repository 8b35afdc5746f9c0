import { type Outcome } from '../client/outcome.js';
import { measuredMs, type LoadPlan } from '../load-plan.js';
import { LatencyHistogram } from './latency-histogram.js';
import { Tally } from './tally.js';
import { Timeline } from './timeline.js';

/** What is measured: requests of the warm-up are left out. */
export class Recorder {
  readonly total: Tally;
  readonly steps: readonly Tally[];
  readonly timeline: Timeline;
  /** By how much requests were sent late although a connection was free: the fault of this side. */
  readonly lag = new LatencyHistogram();
  private readonly stepEnds: readonly number[];

  /** @param startAt begin of the measurement on the clock, after the warm-up */
  constructor(
    plan: LoadPlan,
    readonly startAt: number,
  ) {
    this.total = new Tally(plan.sloMs);
    this.steps = plan.steps.map(() => new Tally(plan.sloMs));
    this.timeline = new Timeline(measuredMs(plan));
    let end = 0;
    this.stepEnds = plan.steps.map(({ durationMs }) => (end += durationMs));
  }

  add(outcome: Outcome): void {
    const startMs = outcome.dueAt - this.startAt;
    const step = startMs < 0 ? -1 : this.stepEnds.findIndex((end) => startMs < end);
    if (step < 0) return;
    this.total.add(outcome);
    this.steps[step]?.add(outcome);
    this.timeline.add(startMs, outcome);
  }

  /** Told when the loop wakes for a request. */
  late(ms: number): void {
    if (ms > 0) this.lag.record(ms);
  }
}
