import { availableParallelism } from 'node:os';
import { openGatewayMemory, type GatewayMemory } from '#libs/memory';
import { MetricsPage, ServerMetrics, traceIdOf, WorkersMetrics } from '#libs/metrics';
import { ByteBudget, DeadlineWheel, Pipeline } from '#libs/pipeline';
import { decodeError } from '#libs/protocol';
import { AutoscalePolicy, StagePool } from '#libs/scheduler';
import { Daemon, StartGate, Supervisor, type DaemonSpec } from '#libs/transport';
import type { LogLevel } from '#libs/contracts';
import { packageVersion } from './config/package-version.js';
import { Autoscaler } from './control/autoscaler.js';
import type { RunningStage } from './control/running-stage.interface.js';
import type { ResolvedOptions } from './config/resolved-options.interface.js';
import { DEFAULT_SHARED_MEMORY } from './config/shared-memory-options.interface.js';
import { mergeStageOptions } from './decorators/merge-stage-options.js';
import { hopSenders, type HopSender } from './decorators/hop-senders.js';
import { getPipelineStream } from './decorators/pipeline-stream.js';
import { getPipelineStages } from './decorators/pipeline-stages.js';
import type { PipelineClass } from './decorators/pipeline-types.js';
import { redisSenders } from './decorators/redis-senders.js';
import { resolveStageRef } from './decorators/resolve-stage-ref.js';
import { routeFormats } from './decorators/route-codecs.js';
import { getStageDefinition, type StageDefinition } from './decorators/stage-definition.js';
import type { StageRef } from './decorators/stage-ref.js';
import { DEFAULT_AUTOSCALE } from './interfaces/autoscale-options.interface.js';
import { logFailure } from './logging/log-failure.js';
import { monotonicNow } from './mosec.clock.js';
import { MosecEngine } from './mosec.engine.js';
import { HandOvers } from './mosec.hand-overs.js';
import { EngineHealth } from './mosec.health.js';
import { Launcher, type StagePlan } from './mosec.launcher.js';
import { hopFormat, type PlannedStage } from './mosec.planned-stage.js';
import { Remotes } from './mosec.remotes.js';
import type { Reporting } from './mosec.reporting.js';
import { tellAll } from './mosec.stage-observers.js';
import { stageState } from './mosec.stage-state.js';
import type { Execution } from './mosec.tokens.js';
import { WORKER_FLAG } from './worker-environment.js';

/** Builds pools, supervisors and pipelines from decorated classes. Nothing is started. */
export function composeEngine(
  pipelineClasses: readonly PipelineClass[],
  options: ResolvedOptions,
  execution: Execution,
  reporting: Reporting,
): MosecEngine {
  return new Composition(options, execution, reporting).compose(pipelineClasses);
}

class Composition {
  private readonly stages = new Map<StageRef, PlannedStage>();
  private readonly names = new Map<string, number>();
  private readonly pipelines = new Map<PipelineClass, Pipeline>();
  private readonly gate = new StartGate(availableParallelism());
  private readonly wheel = new DeadlineWheel(monotonicNow);
  private senders: ReadonlyMap<StageRef, readonly HopSender[]> = new Map();
  private redisSenders: ReadonlySet<StageRef> = new Set();
  private routeFormats: ReadonlyMap<StageRef, readonly number[]> = new Map();
  private readonly budget: ByteBudget;
  private readonly health = new EngineHealth();
  private readonly handOvers: HandOvers;
  private readonly metrics: ServerMetrics;
  private readonly workers: WorkersMetrics;
  private readonly memory?: GatewayMemory | undefined;
  private readonly launcher: Launcher;
  private readonly remotes: Remotes;

  constructor(
    private readonly options: ResolvedOptions,
    private readonly execution: Execution,
    private readonly reporting: Reporting,
  ) {
    const { log, verbosity } = reporting;
    this.budget = new ByteBudget(options.maxPendingBytes);
    this.handOvers = new HandOvers(log, (reason) => this.health.fail(reason));
    const memory = this.openMemory();
    this.memory = memory;
    const logLevel = (): LogLevel => verbosity.level;
    this.launcher = new Launcher({ options, execution, log, logLevel, memory, handOvers: this.handOvers });
    const isLocal = execution.mode === 'inline' || options.dryRun || process.env[WORKER_FLAG] !== undefined;
    this.remotes = new Remotes({ options, isLocal, wheel: this.wheel, log, health: this.health });
    const { namespace, timeoutMs, maxWorkerSeries: maxSeries } = options;
    this.metrics = new ServerMetrics({
      namespace,
      timeoutMs,
      version: packageVersion(),
      sharedMemory: memory && (() => memory.usage),
      remainingTasks: () => [...this.pipelines.values()].reduce((count, { inFlight }) => count + inFlight, 0),
      stages: () => [...this.stages.values()].filter(({ runsHere }) => runsHere).map(stageState),
    });
    const warn = (message: string, worker: string): void => log.log('warning', message, worker);
    this.workers = new WorkersMetrics({ namespace, maxSeries, now: monotonicNow, warn });
  }

  private openMemory(): GatewayMemory | undefined {
    const { options, execution } = this;
    const { log } = this.reporting;
    if (!options.sharedMemory || execution.mode === 'inline' || process.env[WORKER_FLAG]) return undefined;
    const { sizeBytes = DEFAULT_SHARED_MEMORY.sizeBytes } = options.sharedMemory;
    const { thresholdBytes = DEFAULT_SHARED_MEMORY.thresholdBytes } = options.sharedMemory;
    const workers = (): number =>
      [...this.stages.values()].reduce((count, { supervisor }) => count + supervisor.desired, 0);
    return openGatewayMemory({ sizeBytes, thresholdBytes, workers }, (reason) =>
      log.log('info', `payloads travel through sockets; there is no shared memory: ${reason}`),
    );
  }

  compose(pipelineClasses: readonly PipelineClass[]): MosecEngine {
    this.senders = hopSenders(pipelineClasses);
    this.routeFormats = routeFormats(pipelineClasses);
    if (this.execution.mode !== 'inline') this.redisSenders = redisSenders(pipelineClasses);
    for (const pipelineClass of pipelineClasses) {
      const refs = getPipelineStages(pipelineClass) ?? [];
      const stages = refs.map((ref) => this.stage(ref));
      this.pipelines.set(pipelineClass, this.pipeline(pipelineClass, stages));
    }
    this.remotes.check([...this.names.keys()]);
    const { log, verbosity, tracer } = this.reporting;
    const { remotes, pipelines, metrics, health, budget, memory, wheel } = this;
    const handOvers = this.handOvers.all;
    if (handOvers.length > 0) metrics.showHandOvers(() => handOvers.map(({ usage }) => usage));
    if (remotes.pools.length > 0) metrics.showRemotes(() => remotes.pools.map(({ usage }) => usage));
    const daemons = this.options.daemons.map((spec) => this.daemon(spec));
    const stages = [...this.stages.values()].filter(({ runsHere, remote }) => runsHere || remote);
    const autoscalers = stages.flatMap((stage) => this.autoscaler(stage));
    const page = new MetricsPage(metrics, this.workers, log);
    return new MosecEngine({
      stages,
      autoscalers,
      pipelines,
      metrics,
      page,
      budget,
      log,
      verbosity,
      tracer,
      health,
      daemons,
      memory,
      handOvers,
      wheel,
      remotes,
    });
  }

  private pipeline(pipelineClass: PipelineClass, stages: readonly PlannedStage[]): Pipeline {
    const { name } = pipelineClass;
    const pools = stages.map(({ port }) => port);
    return new Pipeline({
      name,
      streams: getPipelineStream(pipelineClass) && this.metrics.streams.of(name),
      pools,
      hopFormats: stages.map((stage, index) => hopFormat(stage, stages[index + 1])),
      wheel: this.wheel,
      budget: this.budget,
      capacity: this.options.capacity,
      now: monotonicNow,
      observer: {
        answered: (request, { error }, durationMs) => {
          if (!error) return this.metrics.succeeded(durationMs, request.context);
          const where = pools[request.stage]?.stage ?? '';
          this.metrics.failed(where, error.code);
          request.trace?.failed(error, where);
          if (error.statusCode < 500 || error.code === 'DRAINING') return;
          logFailure(this.reporting.log, request, { stage: where, traceId: traceIdOf(request.context) }, error);
        },
      },
    });
  }

  private autoscaler(stage: RunningStage): Autoscaler[] {
    const { log } = this.reporting;
    const { autoscale, execution } = stage;
    if (!autoscale || !stage.runsHere || execution === 'inline') return [];
    const { upAfterMs = DEFAULT_AUTOSCALE.upAfterMs, downAfterMs = DEFAULT_AUTOSCALE.downAfterMs } = autoscale;
    const policy = new AutoscalePolicy({ ...autoscale, upAfterMs, downAfterMs });
    return [new Autoscaler({ stage, policy, windowMs: Math.min(upAfterMs, downAfterMs), log, now: monotonicNow })];
  }

  private daemon(spec: DaemonSpec): Daemon {
    return new Daemon(spec, this.reporting.log, (reason) => this.health.fail(`daemon "${spec.name}" ended: ${reason}`));
  }

  private stage(ref: StageRef): PlannedStage {
    const { runtime, stageClass, overrides } = resolveStageRef(ref);
    const known = this.stages.get(runtime);
    if (known) return known;
    const definition = getStageDefinition(stageClass) as StageDefinition;
    const name = this.name(definition.name);
    const options = mergeStageOptions(definition.options, overrides);
    const mode = this.execution.mode ?? options.execution ?? 'process';
    const handOver = this.redisSenders.has(runtime) ? this.handOvers.of(name, options) : undefined;
    const asked = { senders: this.senders.get(runtime) ?? [], routeFormats: this.routeFormats.get(runtime) ?? [] };
    const plan = { name, definition, options, mode, handOver, ...asked };
    const stage = this.build(plan, runtime);
    this.stages.set(runtime, stage);
    return stage;
  }

  /** Class name; a second pool of the same name gets a number. */
  private name(className: string): string {
    const count = (this.names.get(className) ?? 0) + 1;
    this.names.set(className, count);
    return count === 1 ? className : `${className}_${count}`;
  }

  private build(plan: StagePlan, ref: StageRef): PlannedStage {
    const { autoscale, env, maxBatchSize = 1, maxWaitMs = this.options.waitMs, waitPolicy = 'adaptive' } = plan.options;
    const pool = new StagePool({
      stage: plan.name,
      maxBatchSize,
      maxWaitMs,
      waitPolicy,
      stream: plan.definition.stream && { maxConcurrency: plan.options.maxConcurrency ?? 1 },
      retryOnCrash: plan.options.retryOnCrash ?? true,
      timeoutMs: plan.options.timeoutMs,
      maxQueueWaitMs: plan.options.maxQueueWaitMs,
      killGraceMs: this.options.killGraceMs,
      hungMs: this.options.hungMs,
      now: monotonicNow,
      decodeError,
      tracer: this.reporting.tracer,
      observer: tellAll(
        this.metrics.stage(plan.name, maxBatchSize),
        this.reporting.observers.map((observe) => observe(plan.name)),
      ),
    });
    const runsHere = this.remotes.runsHere(plan);
    const supervisor = this.supervisor(plan, pool, runsHere);
    const place = { runsHere, ...this.remotes.place(plan, pool, runsHere) };
    return { plan, pool, supervisor, ref, execution: plan.mode, maxBatchSize, envs: env?.length, autoscale, ...place };
  }

  private supervisor(plan: StagePlan, pool: StagePool, runsHere: boolean): Supervisor {
    const { replicas = plan.options.autoscale?.min ?? 1 } = plan.options;
    const supervisor = new Supervisor({
      stage: plan.name,
      replicas: runsHere ? replicas : 0,
      launch: this.launcher.launch(plan),
      sink: pool,
      gate: this.gate,
      log: this.reporting.log,
      startAttempts: this.options.startAttempts,
      recycle: plan.options.recycle,
      now: monotonicNow,
      keepRecord:
        this.options.maxWorkerSeries > 0
          ? (workerId, scrape) => this.workers.keep(plan.name, workerId, scrape)
          : undefined,
      onReady: (_workerId, { loadMs, warmUpMs, examples }) => {
        const seconds = `load ${(loadMs / 1000).toFixed(2)} s, warm-up ${(warmUpMs / 1000).toFixed(2)} s`;
        const ready = `${pool.status.ready} of ${supervisor.desired} replicas ready (${seconds})`;
        this.reporting.log.log('info', ready, plan.name, { stage: plan.name });
        this.remotes.adjust();
        this.health.stageReady(plan.name, { warmUpMs, examples: examples ?? [] });
      },
      onStartFailed: (cause) => {
        this.health.fail(`stage "${plan.name}" cannot start: ${cause}`);
      },
    });
    return supervisor;
  }
}
