import { HOP_FORMAT, MosecError, type Outcome, type PayloadStore } from '#libs/contracts';
import { encodeHop } from '#libs/codec';
import type { Pipeline, Task } from '#libs/pipeline';
import type { Tensors } from '../tensor.js';

type Success = Exclude<Outcome, { readonly error: MosecError }>;

export interface ItemRunsOptions {
  readonly pipeline: Pipeline;
  /** Where large items are put. */
  readonly store: PayloadStore | undefined;
  /** JSON text of a `CallContext`. */
  readonly context: string;
  readonly deadline: number;
  /** Called exactly once: with all outcomes in the order of the items, or with the first error. */
  readonly done: (error: MosecError | undefined, outcomes: readonly Success[]) => void;
}

/**
 * The items of one request on their way through its pipeline, each by itself. The first one that fails decides: the
 * others are given up. Outcomes in shared memory are held until `release`.
 */
export class ItemRuns {
  private readonly tasks: (Task | undefined)[] = [];
  private readonly outcomes: Success[] = [];
  private missing = 0;
  private isDone = false;

  constructor(private readonly options: ItemRunsOptions) {}

  start(items: readonly Tensors[]): void {
    this.missing = items.length;
    for (let i = 0; i < items.length && !this.isDone; i++) this.submit(items[i] as Tensors, i);
  }

  /** Nobody waits for the answer any more. */
  abandon(error: MosecError): void {
    this.finish(error);
  }

  /** The outcomes are not needed any more. */
  release(): void {
    for (const { shared } of this.outcomes.splice(0).filter(Boolean)) shared?.release();
  }

  private submit(item: Tensors, index: number): void {
    const { pipeline, store, context, deadline } = this.options;
    const payload = encodeHop(item);
    const shared = store?.store([payload], payload.length);
    const request = {
      payload: shared?.bytes ?? payload,
      shared,
      inputFormat: HOP_FORMAT,
      outputFormat: HOP_FORMAT,
      context,
      deadline,
    };
    this.tasks[index] = pipeline.submit(request, (outcome) => this.settle(index, outcome));
    shared?.release();
  }

  private settle(index: number, outcome: Outcome): void {
    if (this.isDone) return;
    if (outcome.error) return this.finish(outcome.error);
    outcome.shared?.hold();
    this.outcomes[index] = outcome;
    if (--this.missing === 0) this.finish(undefined);
  }

  private finish(error: MosecError | undefined): void {
    if (this.isDone) return;
    this.isDone = true;
    if (error) {
      this.release();
      for (const task of this.tasks)
        task?.abandon(new MosecError('another item of the request failed', 499, 'CANCELLED'));
    }
    this.options.done(error, this.outcomes);
  }
}
