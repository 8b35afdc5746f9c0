import { Dispatcher } from '../client/dispatcher.js';
import { type Outcome } from '../client/outcome.js';
import { type Transport } from '../client/transport.interface.js';
import { measuredMs, type LoadPlan } from '../load-plan.js';
import { type ProgressView } from '../report/progress.js';
import { Recorder } from '../record/recorder.js';
import { ClosedLoop } from './closed-loop.js';
import { type Clock } from './clock.js';
import { OpenLoop } from './open-loop.js';
import { arrivalTimes } from './arrivals.js';

export interface LoadRunOptions {
  readonly plan: LoadPlan;
  readonly clock: Clock;
  readonly transport: Transport;
  /** Uniform in [0, 1). */
  readonly random: () => number;
  /** The warm-up is over. */
  readonly began: () => void;
  /** The last request has been sent, or the run was stopped. Not called if it was stopped in the warm-up. */
  readonly over: () => void;
}

export interface RunEnd {
  readonly measuredMs: number;
  /** Requests that a stop left without an outcome. */
  readonly abandoned: number;
}

/** Warm-up, steps, and the wait for the last answers. */
export class LoadRun {
  readonly recorder: Recorder;
  readonly ended: Promise<RunEnd>;
  private readonly dispatcher: Dispatcher;
  private readonly closed: ClosedLoop | undefined;
  private readonly open: OpenLoop | undefined;
  private readonly timers: (() => void)[] = [];
  private readonly startAt: number;
  private phase: 'warm-up' | 'measuring' | 'draining' | 'ended' = 'warm-up';
  private resolve: (end: RunEnd) => void = () => undefined;

  constructor(private readonly options: LoadRunOptions) {
    const { plan, clock, transport } = options;
    this.ended = new Promise((resolve) => (this.resolve = resolve));
    this.startAt = clock.now() + plan.warmUpMs;
    this.recorder = new Recorder(plan, this.startAt);
    const settled = (outcome: Outcome): void => this.settled(outcome);
    const { timeoutMs } = plan.request;
    this.dispatcher = new Dispatcher({ clock, transport, connections: plan.connections, timeoutMs, settled });
    // Before the loads, so that a request at the begin of a step finds it begun.
    this.timers.push(clock.later(() => this.begin(), plan.warmUpMs));
    if (plan.loop === 'open') this.open = this.openLoop();
    else this.closed = this.closedLoop();
    this.timers.push(clock.later(() => this.drain(), plan.warmUpMs + measuredMs(plan)));
  }

  /** How far it is. */
  get view(): ProgressView {
    const { requests, ok } = this.recorder.total;
    return { elapsedMs: this.options.clock.now() - this.startAt, requests, failed: requests - ok };
  }

  /** Ends at once. */
  stop(): void {
    if (this.phase === 'ended') return;
    const measured = Math.max(0, Math.min(this.view.elapsedMs, measuredMs(this.options.plan)));
    if (this.phase === 'measuring') this.options.over();
    this.end(measured);
  }

  private openLoop(): OpenLoop {
    const { plan, clock, random } = this.options;
    const steps = [{ durationMs: plan.warmUpMs, level: plan.steps[0]?.level ?? 0 }, ...plan.steps];
    return new OpenLoop(clock, arrivalTimes(steps, plan.arrivals, random), (dueAt) => {
      if (dueAt >= this.startAt) this.recorder.late(clock.now() - dueAt);
      this.dispatcher.submit(dueAt);
    });
  }

  private closedLoop(): ClosedLoop {
    const { plan, clock } = this.options;
    const loop = new ClosedLoop(clock, (dueAt) => this.dispatcher.submit(dueAt));
    let at = plan.warmUpMs;
    for (const [index, { level, durationMs }] of plan.steps.entries()) {
      this.timers.push(clock.later(() => loop.resize(level), index === 0 ? 0 : at));
      at += durationMs;
    }
    return loop;
  }

  private settled(outcome: Outcome): void {
    this.recorder.add(outcome);
    this.closed?.settled(outcome.status > 0);
    if (this.phase === 'draining') this.endIfDrained();
  }

  private begin(): void {
    this.phase = 'measuring';
    this.options.began();
  }

  private drain(): void {
    this.phase = 'draining';
    this.open?.stop();
    this.closed?.stop();
    this.options.over();
    this.endIfDrained();
  }

  private endIfDrained(): void {
    if (this.dispatcher.open === 0) this.end(measuredMs(this.options.plan));
  }

  private end(measured: number): void {
    if (this.phase === 'ended') return;
    this.phase = 'ended';
    // Also where none is left: its timer would keep the process for as long as a request may take.
    const abandoned = this.dispatcher.abandon();
    this.open?.stop();
    this.closed?.stop();
    for (const takeBack of this.timers) takeBack();
    this.resolve({ measuredMs: measured, abandoned });
  }
}
