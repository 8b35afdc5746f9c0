import type { ResultPort } from '#libs/contracts';
import type { ItemCall } from './item-call.js';
import type { StageExecutor } from './stage-executor.js';

/** A batch that a worker was given. */
export interface WorkerBatch {
  readonly id: number;
  readonly calls: readonly ItemCall[];
  readonly port: ResultPort;
}

/** Runs batches in order, at most `maxConcurrency` calls of the stage at a time. */
export class ForwardQueue {
  private readonly waiting: WorkerBatch[] = [];
  private readonly running: WorkerBatch[] = [];
  private readonly whenIdle: (() => void)[] = [];

  /** @param paused what was reported may leave now: the next report may be a long time coming */
  constructor(
    private readonly executor: StageExecutor,
    private readonly maxConcurrency: number,
    private readonly paused: () => void,
  ) {}

  add(batch: WorkerBatch): void {
    this.waiting.push(batch);
    if (this.running.length < this.maxConcurrency) this.advance();
  }

  find(id: number): WorkerBatch | undefined {
    return this.running.find((batch) => batch.id === id) ?? this.waiting.find((batch) => batch.id === id);
  }

  /** Resolves when nothing runs and nothing waits. */
  idle(): Promise<void> {
    if (this.running.length === 0) return Promise.resolve();
    return new Promise((resolve) => this.whenIdle.push(resolve));
  }

  private advance(): void {
    while (this.running.length < this.maxConcurrency) {
      const batch = this.waiting.shift();
      if (!batch) break;
      this.running.push(batch);
      const pending = this.executor.run(batch.calls, batch.port);
      if (pending) void pending.then(() => this.ended(batch));
      else this.remove(batch);
    }
    // Results of a batch before must not wait for the next one's begin frame: its decoding may take long.
    this.paused();
    if (this.running.length === 0) for (const resolve of this.whenIdle.splice(0)) resolve();
  }

  private ended(batch: WorkerBatch): void {
    this.remove(batch);
    this.advance();
  }

  private remove(batch: WorkerBatch): void {
    this.running.splice(this.running.indexOf(batch), 1);
  }
}
