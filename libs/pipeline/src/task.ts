import {
  HOP_FORMAT,
  InferenceTimeoutError,
  type Held,
  type MosecError,
  type Outcome,
  type SharedBytes,
} from '#libs/contracts';
import { StageItem } from '#libs/scheduler';
import type { PipelineRequest } from './pipeline-request.js';

/** The way through a pipeline, as its tasks see it. */
export interface Journey {
  isLast(stage: number): boolean;
  /** Format in which a stage before the last hands over: `HOP_FORMAT` or `STORED_FORMAT`. */
  hopFormat(stage: number): number;
  /** The task waits at its present stage. */
  enter(task: Task): void;
  /** The present stage may forget the task. */
  leave(task: Task): void;
  done(task: Task, outcome: Outcome): void;
}

/** One accepted request on its way through the stages of a pipeline. It gets exactly one answer. */
export class Task extends StageItem {
  payload: Uint8Array;
  /** The slot of the payload, held until the outcome of the present stage is final. */
  shared?: SharedBytes | undefined;
  /** The value that the payload is a handle of, held as long. */
  private stored?: Held | undefined;
  inputFormat: number;
  stage = 0;
  /** Bytes of a value between stages that are counted against the budget. */
  heldBytes = 0;
  wheelPrevious?: Task;
  wheelNext?: Task;
  wheelSlot = -1;
  openPlace = -1;
  private answered = false;

  constructor(
    private readonly journey: Journey,
    private readonly request: PipelineRequest,
    readonly submittedAt: number,
    private readonly answer: (outcome: Outcome) => void,
  ) {
    super(request.deadline);
    this.payload = request.payload;
    this.take(request.shared, undefined);
    this.inputFormat = request.inputFormat;
  }

  get context(): string {
    return this.request.context;
  }

  get outputFormat(): number {
    return this.journey.isLast(this.stage) ? this.request.outputFormat : this.journey.hopFormat(this.stage);
  }

  settle(outcome: Outcome): void {
    if (this.answered) return;
    if (outcome.error || this.journey.isLast(this.stage)) return this.finish(outcome);
    this.stage++;
    this.take(outcome.shared, outcome.stored);
    this.payload = outcome.payload;
    this.inputFormat = HOP_FORMAT;
    this.journey.enter(this);
  }

  /** Called at the deadline. */
  expire(): void {
    this.abandon(new InferenceTimeoutError('inference timeout'));
  }

  /** Answers with `error` now and stops the work: nobody waits for it any more. Without effect once answered. */
  abandon(error: MosecError): void {
    if (this.answered) return;
    this.journey.leave(this);
    this.finish({ error });
  }

  private take(shared: SharedBytes | undefined, stored: Held | undefined): void {
    shared?.hold();
    stored?.hold();
    this.shared?.release();
    this.stored?.release();
    this.shared = shared;
    this.stored = stored;
  }

  private finish(outcome: Outcome): void {
    if (this.answered) return;
    this.answered = true;
    this.take(undefined, undefined);
    this.journey.done(this, outcome);
    this.answer(outcome);
  }
}
