import type { GatewayHandOver } from '#libs/handover';
import type { GatewayMemory } from '#libs/memory';
import type { ByteBudget, DeadlineWheel, Pipeline } from '#libs/pipeline';
import type { Daemon } from '#libs/transport';
import type { MetricsPage, ServerMetrics } from '#libs/metrics';
import { MosecError, type LogLevel, type LogSink, type PayloadStore, type RequestTracer } from '#libs/contracts';
import type { Autoscaler } from './control/autoscaler.js';
import type { RunningStage } from './control/running-stage.interface.js';
import type { PipelineClass } from './decorators/pipeline-types.js';
import type { Verbosity } from './logging/verbosity.js';
import type { EngineHealth } from './mosec.health.js';
import type { Remotes } from './mosec.remotes.js';

/** Where the engine writes; some of it may be held back for a while. */
export interface EngineLog extends LogSink {
  flush?(): void;
}

export interface EngineParts {
  readonly stages: readonly RunningStage[];
  /** One for each stage with `autoscale`. */
  readonly autoscalers?: readonly Autoscaler[];
  readonly pipelines: ReadonlyMap<PipelineClass, Pipeline>;
  readonly metrics: ServerMetrics;
  readonly page: MetricsPage;
  readonly budget: ByteBudget;
  readonly log: EngineLog;
  readonly verbosity: Verbosity;
  readonly tracer?: RequestTracer | undefined;
  readonly health: EngineHealth;
  readonly daemons: readonly Daemon[];
  /** The one timer of all deadlines. */
  readonly wheel: DeadlineWheel;
  /** Absent where payloads travel through sockets alone. */
  readonly memory?: GatewayMemory | undefined;
  /** One for each Redis through which stages hand over. */
  readonly handOvers?: readonly GatewayHandOver[];
  /** What runs elsewhere, or here for others. */
  readonly remotes?: Remotes;
}

/** All stages and pipelines of an application, from start to stop. */
export class MosecEngine {
  /** Whether requests were left when the drain timeout was over. */
  gaveUp = false;
  private draining = false;
  private started = false;

  constructor(private readonly parts: EngineParts) {}

  get metrics(): ServerMetrics {
    return this.parts.metrics;
  }

  /** What is shown at `/metrics`. */
  get page(): MetricsPage {
    return this.parts.page;
  }

  /** Bytes held for unanswered requests. */
  get budget(): ByteBudget {
    return this.parts.budget;
  }

  /** The one timer of all deadlines. */
  get wheel(): DeadlineWheel {
    return this.parts.wheel;
  }

  /** Makes spans of requests; undefined where nothing is traced. */
  get tracer(): RequestTracer | undefined {
    return this.parts.tracer;
  }

  /** Where large payloads are put; undefined where they stay inline. */
  get store(): PayloadStore | undefined {
    return this.parts.memory;
  }

  /** Requests that were accepted and not answered yet; on a worker host items of gateways elsewhere. */
  get inFlight(): number {
    let count = this.parts.remotes?.open ?? 0;
    for (const pipeline of this.parts.pipelines.values()) count += pipeline.inFlight;
    return count;
  }

  /** All stages, in the order in which pipelines name them. */
  get stages(): readonly RunningStage[] {
    return this.parts.stages;
  }

  get isStarted(): boolean {
    return this.started;
  }

  get isDraining(): boolean {
    return this.draining;
  }

  /** All pipelines by class. */
  get pipelines(): ReadonlyMap<PipelineClass, Pipeline> {
    return this.parts.pipelines;
  }

  /** What is known of the stages; also tells of failures. */
  get health(): EngineHealth {
    return this.parts.health;
  }

  pipeline(pipelineClass: PipelineClass): Pipeline {
    const pipeline = this.parts.pipelines.get(pipelineClass);
    if (!pipeline) throw new Error(`pipeline "${pipelineClass.name}" is not part of this application`);
    return pipeline;
  }

  start(): void {
    if (this.started) return;
    this.started = true;
    for (const daemon of this.parts.daemons) daemon.start();
    for (const handOver of this.handOvers) handOver.open();
    this.parts.remotes?.start();
    for (const { pool, supervisor } of this.parts.stages.filter(({ runsHere }) => runsHere)) {
      const { stage } = pool;
      const { desired: replicas } = supervisor;
      this.parts.log.log('info', `${replicas} replica${replicas === 1 ? '' : 's'} loading`, stage, { stage });
      supervisor.start();
    }
    for (const autoscaler of this.parts.autoscalers ?? []) autoscaler.start();
  }

  /** Why the service cannot take requests now; undefined when it can. */
  get unreadyReason(): string | undefined {
    if (this.draining) return 'gracefully shutting down';
    if (this.health.failure) return 'the service has failed';
    return (
      this.loadingReason ??
      this.pauseReason ??
      this.parts.remotes?.unreadyReason ??
      this.handOvers.find(({ unreadyReason }) => unreadyReason)?.unreadyReason
    );
  }

  /** Whether every stage of one pipeline can take requests now. */
  isReady(pipelineClass: PipelineClass): boolean {
    if (this.draining || this.health.failure) return false;
    const names = this.pipeline(pipelineClass).stages;
    return this.parts.stages.every((stage) => isServed(stage) || !names.includes(stage.pool.stage));
  }

  private get handOvers(): readonly GatewayHandOver[] {
    return this.parts.handOvers ?? [];
  }

  private get loadingReason(): string | undefined {
    const unserved = this.parts.stages.filter((stage) => !isServed(stage));
    const loading = unserved.filter(({ runsHere }) => runsHere).map(({ pool }) => pool.stage);
    if (loading.length > 0) return `no replica is ready of stage ${loading.join(', ')}`;
    return unserved[0]?.remote?.unreadyReason;
  }

  private get pauseReason(): string | undefined {
    const paused = this.parts.stages.filter(({ pool }) => pool.isPaused).map(({ pool }) => pool.stage);
    return paused.length === 0 ? undefined : `paused: stage ${paused.join(', ')}`;
  }

  /**
   * Resolves when every stage has a ready replica.
   * @throws MosecError naming what cannot start, and the cause
   */
  async whenReady(): Promise<void> {
    const { health } = this;
    await health.when(() => health.failure !== undefined || this.loadingReason === undefined);
    if (health.failure !== undefined) throw new MosecError(health.failure, 503, 'UNAVAILABLE');
  }

  /** Resolves with the reason when the engine cannot serve any more. */
  async whenFailed(): Promise<string> {
    await this.health.when(() => this.health.failure !== undefined);
    return this.health.failure ?? '';
  }

  /** Logs more, or as configured again, here and in all workers. @returns the level from now on */
  toggleVerbosity(): LogLevel {
    const level = this.parts.verbosity.toggle();
    for (const { supervisor } of this.parts.stages) supervisor.setLogLevel(level);
    return level;
  }

  /** Refuses new requests from now on; those inside go on. */
  drain(): void {
    this.draining = true;
    for (const autoscaler of this.parts.autoscalers ?? []) autoscaler.stop();
    for (const pipeline of this.parts.pipelines.values()) pipeline.drain();
    this.parts.remotes?.drain();
    for (const { pool } of this.parts.stages) pool.drain();
  }

  /**
   * Resolves when nothing is in flight; after `timeoutMs` answers what is left with 503.
   * @returns how many were left
   */
  async whenIdle(timeoutMs: number): Promise<number> {
    const { pipelines, remotes } = this.parts;
    const all = Promise.all([remotes?.whenIdle(), ...[...pipelines.values()].map((pipeline) => pipeline.whenIdle())]);
    let timer: NodeJS.Timeout | undefined;
    await Promise.race([all, new Promise((resolve) => (timer = setTimeout(resolve, timeoutMs)))]);
    clearTimeout(timer);
    const left = this.inFlight;
    this.gaveUp = left > 0;
    for (const pipeline of pipelines.values()) pipeline.abandonAll();
    remotes?.giveUp();
    return left;
  }

  /** Stops all workers, then the daemons; what does not end within `graceMs` is killed. */
  async stop(graceMs: number): Promise<void> {
    this.drain();
    await this.parts.remotes?.close(graceMs);
    await Promise.all(this.parts.stages.map(({ supervisor }) => supervisor.stop(graceMs)));
    // What workers answered last may have left values behind; and a daemon may be the Redis.
    await Promise.all(this.handOvers.map((handOver) => handOver.close()));
    await Promise.all(this.parts.daemons.map((daemon) => daemon.stop(graceMs)));
    this.parts.memory?.close();
    this.parts.log.flush?.();
    await this.parts.tracer?.flush();
  }
}

/** Whether some replica takes items of the stage, here or elsewhere. */
function isServed({ pool, remote }: RunningStage): boolean {
  return pool.status.ready > 0 || (remote !== undefined && remote.unreadyReason === undefined);
}
