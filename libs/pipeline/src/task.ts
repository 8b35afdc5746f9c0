import {
  HOP_FORMAT,
  InferenceTimeoutError,
  type Held,
  type MosecError,
  type Outcome,
  type SharedBytes,
} from '#libs/contracts';
import { StageItem, type Flow } from '#libs/scheduler';
import type { OpenStream } from './open-stream.js';
import type { PipelineRequest } from './pipeline-request.js';
import type { StreamRequest } from './stream-request.js';

const NOTHING = new Uint8Array(0);

/** The way through a pipeline, as its tasks see it. */
export interface Journey {
  isLast(stage: number): boolean;
  /** Format in which a stage before the last hands over: `HOP_FORMAT` or `STORED_FORMAT`. */
  hopFormat(stage: number): number;
  /** The task waits at its present stage. */
  enter(task: Task): void;
  /** The present stage may forget the task. */
  leave(task: Task): void;
  /** The first events of the task have come. */
  opened(task: Task): OpenStream;
  /** So many events of the task have come. */
  streamed(task: Task, events: number): void;
  /** So many bytes of its events have been read. */
  consumed(task: Task, bytes: number): void;
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
  /** Set once events have come. */
  open?: OpenStream;
  private answered = false;

  constructor(
    private readonly journey: Journey,
    private readonly request: PipelineRequest,
    readonly submittedAt: number,
    private readonly answer: (outcome: Outcome) => void,
    flow?: Flow,
  ) {
    super(request.deadline, flow);
    this.payload = request.payload;
    this.take(request.shared, undefined);
    this.inputFormat = request.inputFormat;
    this.timings = request.timings;
    this.trace = request.trace;
  }

  get context(): string {
    const { context } = this.request;
    return this.batchTrace ? `${context.slice(0, -1)},"batchTrace":${JSON.stringify(this.batchTrace)}}` : context;
  }

  get stream(): StreamRequest | undefined {
    return this.request.stream;
  }

  get eventFormat(): number | undefined {
    return this.journey.isLast(this.stage) ? this.stream?.eventFormat : undefined;
  }

  get outputFormat(): number {
    return this.journey.isLast(this.stage) ? this.request.outputFormat : this.journey.hopFormat(this.stage);
  }

  receive(payload: Uint8Array, count: number): void {
    if (this.answered) return;
    if (this.open) this.open.active();
    else this.begin();
    this.journey.streamed(this, count);
    if (this.stream) this.stream.onEvents(payload, count);
    else this.consumed(payload.length);
  }

  /** So many bytes of its events have been read: the stage may send as many more. */
  consumed(bytes: number): void {
    if (this.answered) return;
    this.journey.consumed(this, bytes);
    this.open?.active();
  }

  settle(outcome: Outcome): void {
    if (this.answered) return;
    if (outcome.error || this.journey.isLast(this.stage)) return this.finish(outcome);
    this.stage++;
    this.take(outcome.shared, outcome.stored);
    this.payload = outcome.payload;
    this.inputFormat = HOP_FORMAT;
    this.request.onStage?.(this.stage);
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

  /** A stream is never run again, so what came in is not needed any more. */
  private begin(): void {
    this.open = this.journey.opened(this);
    this.take(undefined, undefined);
    this.payload = NOTHING;
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
