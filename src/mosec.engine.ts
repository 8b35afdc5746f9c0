import type { Pipeline } from '#libs/pipeline';
import type { StagePool } from '#libs/scheduler';
import type { Supervisor } from '#libs/transport';
import type { MosecMetrics } from '#libs/metrics';
import type { LogSink } from '#libs/contracts';
import type { PipelineClass } from './decorators/pipeline-types.js';

/** One stage as it runs: its queue and batcher, and what keeps its replicas alive. */
export interface RunningStage {
  readonly pool: StagePool;
  readonly supervisor: Supervisor;
  readonly replicas: number;
}

export interface EngineParts {
  readonly stages: readonly RunningStage[];
  readonly pipelines: ReadonlyMap<PipelineClass, Pipeline>;
  readonly metrics: MosecMetrics;
  readonly log: LogSink;
  readonly startedWith: StartReport;
}

/** Filled by the supervisors while the stages start. */
export interface StartReport {
  onChange: () => void;
  /** By stage. */
  readonly ready: Map<string, { readonly warmUpMs: number; readonly examples: readonly string[] }>;
  failure?: { readonly stage: string; readonly cause: string };
}

/** All stages and pipelines of an application, from start to stop. */
export class MosecEngine {
  private draining = false;
  private started = false;

  constructor(private readonly parts: EngineParts) {}

  get metrics(): MosecMetrics {
    return this.parts.metrics;
  }

  /** Requests that were accepted and not answered yet. */
  get inFlight(): number {
    let count = 0;
    for (const pipeline of this.parts.pipelines.values()) count += pipeline.inFlight;
    return count;
  }

  get isDraining(): boolean {
    return this.draining;
  }

  /** All pipelines by class. */
  get pipelines(): ReadonlyMap<PipelineClass, Pipeline> {
    return this.parts.pipelines;
  }

  /** What a stage said when it became ready: how long its examples took, and in a dry run the examples. */
  readyReport(stage: string) {
    return this.parts.startedWith.ready.get(stage);
  }

  pipeline(pipelineClass: PipelineClass): Pipeline {
    const pipeline = this.parts.pipelines.get(pipelineClass);
    if (!pipeline) throw new Error(`pipeline "${pipelineClass.name}" is not part of this application`);
    return pipeline;
  }

  start(): void {
    if (this.started) return;
    this.started = true;
    for (const { pool, replicas, supervisor } of this.parts.stages) {
      this.parts.log.log('info', `${replicas} replica${replicas === 1 ? '' : 's'} loading`, pool.stage);
      supervisor.start();
    }
  }

  /** Why the service cannot take requests now; undefined when it can. */
  get unreadyReason(): string | undefined {
    const { failure } = this.parts.startedWith;
    if (this.draining) return 'gracefully shutting down';
    if (failure) return `stage ${failure.stage} cannot start`;
    const loading = this.parts.stages.filter(({ pool }) => pool.status.ready === 0).map(({ pool }) => pool.stage);
    return loading.length === 0 ? undefined : `no replica is ready of stage ${loading.join(', ')}`;
  }

  /**
   * Resolves when every stage has a ready replica.
   * @throws Error naming the stage that cannot start, and the cause
   */
  whenReady(): Promise<void> {
    return new Promise((resolve, reject) => {
      const { startedWith } = this.parts;
      const earlier = startedWith.onChange;
      startedWith.onChange = () => {
        earlier();
        const { failure } = startedWith;
        if (failure) reject(new Error(`stage "${failure.stage}" cannot start: ${failure.cause}`));
        else if (!this.unreadyReason) resolve();
      };
      startedWith.onChange();
    });
  }

  /** Refuses new requests from now on; those inside go on. */
  drain(): void {
    this.draining = true;
    for (const pipeline of this.parts.pipelines.values()) pipeline.drain();
    for (const { pool } of this.parts.stages) pool.drain();
  }

  /**
   * Resolves when nothing is in flight; after `timeoutMs` answers what is left with 503.
   * @returns how many were left
   */
  async whenIdle(timeoutMs: number): Promise<number> {
    const { pipelines } = this.parts;
    const all = Promise.all([...pipelines.values()].map((pipeline) => pipeline.whenIdle()));
    let timer: NodeJS.Timeout | undefined;
    await Promise.race([all, new Promise((resolve) => (timer = setTimeout(resolve, timeoutMs)))]);
    clearTimeout(timer);
    const left = this.inFlight;
    for (const pipeline of pipelines.values()) pipeline.abandonAll();
    return left;
  }

  /** Stops all workers; those that do not end within `graceMs` are killed. */
  async stop(graceMs: number): Promise<void> {
    this.drain();
    await Promise.all(this.parts.stages.map(({ supervisor }) => supervisor.stop(graceMs)));
  }
}
