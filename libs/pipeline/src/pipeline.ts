import { HOP_FORMAT, InferenceTimeoutError, UnavailableError, type MosecError, type Outcome } from '#libs/contracts';
import { Admission, type Flow, type StagePort } from '#libs/scheduler';
import type { ByteBudget } from './byte-budget.js';
import type { DeadlineWheel } from './deadline-wheel.js';
import { OpenStream } from './open-stream.js';
import { OpenTasks } from './open-tasks.js';
import type { PipelineRequest } from './pipeline-request.js';
import type { StreamObserver } from './stream-observer.js';
import { streamOutcome } from './stream-outcome.js';
import { Task, type Journey } from './task.js';

/** What a pipeline tells the metrics. */
export interface PipelineObserver {
  /** @param request what was answered: its `CallContext` as JSON text, the index of its last stage, its worker there */
  answered(request: Pick<Task, 'context' | 'stage' | 'workerId' | 'trace'>, outcome: Outcome, durationMs: number): void;
}

export interface PipelineOptions {
  readonly name: string;
  /** One pool per stage, in order; pipelines may share pools. */
  readonly pools: readonly StagePort[];
  /** Format in which each stage hands over to the next, in order. @default `HOP_FORMAT` for all */
  readonly hopFormats?: readonly number[];
  readonly wheel: DeadlineWheel;
  /** Most items that may wait at one stage before new requests are refused, in the share of their route. */
  readonly capacity: number;
  /** Counts the values between stages; the bodies are counted where they are received. */
  readonly budget: ByteBudget;
  /** Epoch milliseconds, monotonic. */
  readonly now: () => number;
  readonly observer: PipelineObserver;
  /** Told of streams, where the last stage streams. */
  readonly streams?: StreamObserver | undefined;
}

/** Takes requests through the pools of its stages. */
export class Pipeline {
  private readonly journey: Journey;
  private readonly admission: Admission;
  private draining = false;
  private readonly open = new OpenTasks<Task>();
  private readonly onIdle: (() => void)[] = [];
  /** By path. */
  private readonly flows = new Map<string, Flow>();

  constructor(private readonly options: PipelineOptions) {
    const { pools, hopFormats = [], wheel, observer, streams, now, budget } = options;
    const hold = (task: Task, bytes: number): void => {
      budget.take(bytes - task.heldBytes);
      task.heldBytes = bytes;
    };
    this.admission = new Admission(pools, options.capacity);
    const poolOf = (task: Task): StagePort => pools[task.stage] as StagePort;
    this.journey = {
      isLast: (stage) => stage === pools.length - 1,
      hopFormat: (stage) => hopFormats[stage] ?? HOP_FORMAT,
      enter: (task) => {
        if (task.stage > 0) hold(task, task.payload.length);
        poolOf(task).submit(task);
      },
      leave: (task) => poolOf(task).drop(task),
      opened: (task) => this.opened(task),
      streamed: (_task, events) => streams?.streamed(events),
      consumed: (task, bytes) => poolOf(task).consumed(task, bytes),
      done: (task, outcome) => {
        this.open.delete(task);
        hold(task, 0);
        wheel.remove(task);
        const durationMs = now() - task.submittedAt;
        if (task.open) {
          wheel.remove(task.open);
          streams?.closed(streamOutcome(outcome.error), durationMs);
        }
        observer.answered(task, outcome, durationMs);
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
    const now = this.options.now();
    const flow = this.flowOf(request.route);
    const refusal = this.refusal(now, request.deadline, flow);
    if (refusal) {
      answer({ error: refusal });
      return undefined;
    }
    const task = new Task(this.journey, request, now, answer, flow);
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
    for (const task of this.open.all())
      task.abandon(new UnavailableError('gracefully shutting down', { code: 'DRAINING' }));
  }

  /** The deadline was that of the first event. */
  private opened(task: Task): OpenStream {
    const { wheel, now, streams } = this.options;
    const { timeoutMs = Infinity, idleTimeoutMs = Infinity } = task.stream ?? {};
    wheel.remove(task);
    streams?.opened(now() - task.submittedAt);
    return new OpenStream({
      endsAt: task.submittedAt + timeoutMs,
      idleTimeoutMs,
      now,
      isBehind: () => task.window?.isBehind === true,
      wait: (stream) => wheel.add(stream),
      timedOut: (error) => task.abandon(error),
    });
  }

  /** There are as many as routes. */
  private flowOf(route = ''): Flow {
    let flow = this.flows.get(route);
    if (!flow) this.flows.set(route, (flow = Symbol(`${this.name} ${route}`)));
    return flow;
  }

  private refusal(now: number, deadline: number, flow: Flow): MosecError | undefined {
    if (this.draining) return new UnavailableError('gracefully shutting down', { code: 'DRAINING' });
    if (deadline <= now) return new InferenceTimeoutError('inference timeout');
    return this.admission.refusal(now, deadline, flow);
  }
}
