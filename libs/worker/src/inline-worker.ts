import type { ResultPort, WorkItem } from '#libs/contracts';
import { ItemCall } from './item-call.js';
import type { LoadedStage } from './load-stage.js';
import { StageExecutor } from './stage-executor.js';
import { encodeExamples, warmUp } from './warm-up.js';

/** A stage that runs in the gateway's process: one batch at a time, as a worker would. */
export class InlineWorker {
  private stage?: LoadedStage;
  private executor?: StageExecutor;
  private tail: Promise<void> = Promise.resolve();

  constructor(private readonly load: () => Promise<LoadedStage>) {}

  async start(): Promise<{ loadMs: number; warmUpMs: number; examples: string[] }> {
    const startedAt = performance.now();
    this.stage = await this.load();
    this.executor = new StageExecutor(this.stage.host);
    const loadedAt = performance.now();
    await warmUp(this.stage.host.instance, this.executor);
    const examples = encodeExamples(this.stage.host.instance);
    return { loadMs: loadedAt - startedAt, warmUpMs: performance.now() - loadedAt, examples };
  }

  run(items: readonly WorkItem[], port: ResultPort): { cancel(indexes: readonly number[]): void } {
    const calls = items.map((item) => new ItemCall(item));
    this.tail = this.tail.then(() => this.executor?.run(calls, port));
    return { cancel: (indexes) => indexes.forEach((index) => calls[index]?.cancel()) };
  }

  async stop(): Promise<void> {
    await this.tail;
    await this.stage?.close();
  }
}
