import { fileURLToPath } from 'node:url';
import type { LogLevel, LogSink } from '#libs/contracts';
import { SharedMemoryHandOver, type GatewayHandOver } from '#libs/handover';
import type { GatewayMemory } from '#libs/memory';
import type { InitMessage } from '#libs/protocol';
import { InlineReplica, ProcessReplica, ThreadReplica, type LaunchReplica } from '#libs/transport';
import type { ResolvedOptions } from './config/resolved-options.interface.js';
import type { HopSender } from './decorators/hop-senders.js';
import type { StageDefinition } from './decorators/stage-definition.js';
import type { StageOptions } from './interfaces/stage-options.interface.js';
import type { StageExecution } from './interfaces/stage-runtime-options.interface.js';
import type { HandOvers } from './mosec.hand-overs.js';
import type { Execution } from './mosec.tokens.js';
import { threadEnvironment, workerEnvironment, workerExecArgv } from './worker-environment.js';

const WORKER_ENTRY = fileURLToPath(new URL('./worker/worker-main.js', import.meta.url));

/** One pool to be: the stage with the options that hold for it. */
export interface StagePlan {
  readonly name: string;
  readonly definition: StageDefinition;
  readonly options: StageOptions;
  /** Stages that hand over to it in a codec that users wrote, or through Redis. */
  readonly senders: readonly HopSender[];
  /** Formats of codecs of the package that routes ask for besides those of the stage. */
  readonly routeFormats: readonly number[];
  /** Where its replicas run. */
  readonly mode: StageExecution;
  /** The Redis through which it hands over to stages that run in a worker too. */
  readonly handOver: GatewayHandOver | undefined;
}

/** What all replicas have in common. */
export interface LauncherOptions {
  readonly options: ResolvedOptions;
  readonly execution: Execution;
  readonly log: LogSink;
  /** The level that is logged now. */
  readonly logLevel: () => LogLevel;
  readonly memory: GatewayMemory | undefined;
  readonly handOvers: HandOvers;
}

/** Knows how the replicas of a stage are started where its `execution` wants them. */
export class Launcher {
  constructor(private readonly common: LauncherOptions) {}

  launch(plan: StagePlan): LaunchReplica {
    if (plan.mode === 'inline') return this.inline(plan);
    return plan.mode === 'thread' ? this.thread(plan) : this.process(plan);
  }

  private process(plan: StagePlan): LaunchReplica {
    const { memory } = this.common;
    const hopSenders = this.hopSenders(plan);
    return (workerId, listener) => {
      const init = this.initMessage({ ...plan, hopSenders }, workerId, memory && sizesOf(plan.options, memory));
      const env = workerEnvironment(process.env, plan.options.env?.[workerId - 1]);
      const command = { entry: WORKER_ENTRY, execArgv: workerExecArgv(process.execArgv), env };
      return new ProcessReplica({ ...command, init, claims: plan.handOver, ...(memory && { memory }) }, listener);
    };
  }

  private thread(plan: StagePlan): LaunchReplica {
    const { memory } = this.common;
    const hopSenders = this.hopSenders(plan);
    return (workerId, listener) => {
      const mapped = memory && { ...sizesOf(plan.options, memory), address: String(memory.address) };
      const init = this.initMessage({ ...plan, hopSenders }, workerId, mapped);
      const env = threadEnvironment(process.env, plan.options.env?.[workerId - 1]);
      const wire = { init, claims: plan.handOver, ...(memory && { memory }) };
      return new ThreadReplica({ entry: WORKER_ENTRY, env, ...wire }, listener);
    };
  }

  /** Once for all replicas: it opens the connections to Redis. */
  private hopSenders({ senders }: StagePlan): InitMessage['hopSenders'] {
    return senders.map(({ definition, redis }) => ({
      file: definition.file ?? '',
      className: definition.name,
      store: this.common.handOvers.of(definition.name, { ipc: redis })?.number,
    }));
  }

  private initMessage(
    { name, definition, options, routeFormats, hopSenders, handOver }: StagePlan & Pick<InitMessage, 'hopSenders'>,
    workerId: number,
    sharedMemory: InitMessage['sharedMemory'],
  ): InitMessage {
    return {
      kind: 'init',
      file: definition.file ?? '',
      className: definition.name,
      stage: name,
      workerId,
      maxBatchSize: options.maxBatchSize ?? 1,
      replicas: options.replicas ?? 1,
      maxConcurrency: options.maxConcurrency ?? 1,
      routeFormats,
      hopSenders,
      store: handOver?.number,
      logLevel: this.common.logLevel(),
      tracing: this.common.options.tracing,
      sendExamples: this.common.options.dryRun,
      maxSeries: this.common.options.maxWorkerSeries,
      reportUsage: options.recycle?.maxRssBytes !== undefined,
      ...(sharedMemory && { sharedMemory }),
    };
  }

  private inline({ name, definition, options, routeFormats, senders }: StagePlan): LaunchReplica {
    const { log, execution, options: server } = this.common;
    return (workerId, listener) => {
      const hopCodecs = senders.flatMap(({ codec }) => codec ?? []);
      const { maxBatchSize = 1, replicas = 1, maxConcurrency = 1 } = options;
      const bounds = { maxBatchSize, replicas, maxConcurrency, maxSeries: server.maxWorkerSeries };
      const place = { stage: name, workerId, ...bounds, routeFormats, hopCodecs, tracing: server.tracing };
      const starting = import('./worker/start-inline.js').then(({ startInline }) =>
        startInline(
          definition.stageClass,
          place,
          {
            // The application's logger drops what is below its level.
            level: 'debug',
            log: (level, message, fields) =>
              log.log(level, message, `${name}#${workerId}`, { ...fields, stage: name, worker: workerId }),
          },
          execution.createContext,
        ),
      );
      return new InlineReplica(workerId, starting, listener);
    };
  }
}

/** How large the memory is, and from which size on the results of a stage go through it. */
function sizesOf(
  { ipc }: StageOptions,
  { sizeBytes, thresholdBytes }: GatewayMemory,
): NonNullable<InitMessage['sharedMemory']> {
  const own = ipc instanceof SharedMemoryHandOver ? ipc.thresholdBytes : undefined;
  return { sizeBytes, thresholdBytes: own ?? thresholdBytes };
}
