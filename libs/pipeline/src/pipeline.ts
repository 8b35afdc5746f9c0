import { OverloadedError, UnavailableError, type MosecError, type Outcome } from '#libs/contracts';
import type { StagePool } from '#libs/scheduler';
import type { DeadlineWheel } from './deadline-wheel.js';
import type { PipelineRequest } from './pipeline-request.js';
import { Task, type Journey } from './task.js';

/** What a pipeline tells the metrics. */
export interface PipelineObserver {
  /** @param request what was answered: its `CallContext` as JSON text, and the index of the stage it was at */
  answered(request: Pick<Task, 'context' | 'stage'>, outcome: Outcome, durationMs: number): void;
}

export interface PipelineOptions {
  readonly name: string;
  /** One pool per stage, in order; pipelines may share pools. */
  readonly pools: readonly StagePool[];
  readonly wheel: DeadlineWheel;
  /** Most items that may wait at one stage before new requests are refused. */
  readonly capacity: number;
  /** Epoch milliseconds, monotonic. */
  readonly now: () => number;
  readonly observer: PipelineObserver;
}

/** Takes requests through the pools of its stages. */
export class Pipeline {
  private readonly journey: Journey;
  private draining = false;
  private readonly open = new Set<Task>();
  private readonly onIdle: (() => void)[] = [];

  constructor(private readonly options: PipelineOptions) {
    const { pools, wheel, observer, now } = options;
    const poolOf = (task: Task): StagePool => pools[task.stage] as StagePool;
    this.journey = {
      isLast: (stage) => stage === pools.length - 1,
      enter: (task) => poolOf(task).submit(task),
      leave: (task) => poolOf(task).drop(task),
      done: (task, outcome) => {
        this.open.delete(task);
        wheel.remove(task);
        observer.answered(task, outcome, now() - task.submittedAt);
        if (this.open.size === 0) for (const resolve of this.onIdle.splice(0)) resolve();
      },
    };
  }

  get name(): string {
    return this.options.name;
  }

  /** Names of the stages, in order. */
  get stages(): readonly string[] {
    return this.options.pools.map((pool) => pool.stage);
  }

  /** Accepted requests without an answer yet. */
  get inFlight(): number {
    return this.open.size;
  }

  /**
   * Accepts a request, or refuses it at once with an error that `answer` gets before this returns.
   * @param answer called exactly once
   * @returns the accepted request, undefined if it was refused
   */
  submit(request: PipelineRequest, answer: (outcome: Outcome) => void): Task | undefined {
    const refusal = this.refusal();
    if (refusal) {
      answer({ error: refusal });
      return undefined;
    }
    const task = new Task(this.journey, request, this.options.now(), answer);
    this.open.add(task);
    this.options.wheel.add(task);
    this.journey.enter(task);
    return task;
  }

  /** From now on every new request is refused; those inside go on. */
  drain(): void {
    this.draining = true;
  }

  /** Resolves when no accepted request is without an answer. */
  whenIdle(): Promise<void> {
    if (this.open.size === 0) return Promise.resolve();
    return new Promise((resolve) => this.onIdle.push(resolve));
  }

  /** Answers everything that is left with 503. */
  abandonAll(): void {
    for (const task of this.open) task.abandon(new UnavailableError('gracefully shutting down', { code: 'DRAINING' }));
  }

  /** A later stage that is full refuses at the door too: its queue would only grow by what is inside already. */
  private refusal(): MosecError | undefined {
    if (this.draining) return new UnavailableError('gracefully shutting down', { code: 'DRAINING' });
    const full = this.options.pools.some((pool) => pool.waiting >= this.options.capacity);
    return full ? new OverloadedError('too many request: task queue is full') : undefined;
  }
}
