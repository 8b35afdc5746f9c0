import type { MetricsReport, ResultPort, WorkItem } from '#libs/contracts';
import { EventTurn } from './event-turn.js';
import { ForwardQueue } from './forward-queue.js';
import type { LoadedStage } from './load-stage.js';
import { StageExecutor } from './stage-executor.js';
import { encodeExamples, warmUp } from './warm-up.js';

/** A batch in an inline worker, as the gateway sees it. */
export interface InlineRun {
  cancel(indexes: readonly number[]): void;
  grant(index: number, bytes: number): void;
}

interface Running {
  readonly loaded: LoadedStage;
  readonly executor: StageExecutor;
  readonly queue: ForwardQueue;
}

/** A stage that runs in the gateway's process, as a worker would run it. */
export class InlineWorker {
  private running?: Running;
  private readonly turn = new EventTurn(() => undefined);
  private nextBatch = 1;

  constructor(
    private readonly load: () => Promise<LoadedStage>,
    private readonly maxConcurrency = 1,
  ) {}

  async start(): Promise<{ loadMs: number; warmUpMs: number; examples: string[] }> {
    const startedAt = performance.now();
    const loaded = await this.load();
    const executor = new StageExecutor(loaded.host);
    this.running = { loaded, executor, queue: new ForwardQueue(executor, this.maxConcurrency, () => undefined) };
    const loadedAt = performance.now();
    await warmUp(loaded.host.instance, executor);
    const examples = encodeExamples(loaded.host.instance);
    return { loadMs: loadedAt - startedAt, warmUpMs: performance.now() - loadedAt, examples };
  }

  /** Begins in a later turn of the microtasks: the gateway hears of nothing while it is still handing over. */
  run(items: readonly WorkItem[], port: ResultPort): InlineRun {
    const calls = this.running?.executor.callsOf(items, port, this.turn) ?? [];
    const batch = { id: this.nextBatch++, calls, port };
    queueMicrotask(() => this.running?.queue.add(batch));
    return {
      cancel: (indexes) => indexes.forEach((index) => calls[index]?.cancel()),
      grant: (index, bytes) => calls[index]?.grant(bytes),
    };
  }

  /** Never rejects. */
  metrics(): Promise<MetricsReport> {
    const nothing = { families: [], dropped: 0, droppedFrom: '' };
    return this.running?.loaded.metrics() ?? Promise.resolve(nothing);
  }

  async stop(): Promise<void> {
    // What was handed over in this turn has not begun yet.
    await Promise.resolve();
    await this.running?.queue.idle();
    await this.running?.loaded.close();
  }
}
