import { RemoteGateway, RemoteHost, RemoteSettings, SpillPort, type RemotePool } from '#libs/remote';
import type { DeadlineWheel } from '#libs/pipeline';
import type { StagePool, StagePort } from '#libs/scheduler';
import type { LogSink } from '#libs/contracts';
import type { ResolvedOptions } from './config/resolved-options.interface.js';
import { MosecConfigurationError } from './interfaces/mosec-configuration.error.js';
import { monotonicNow } from './mosec.clock.js';
import type { EngineHealth } from './mosec.health.js';
import type { StagePlan } from './mosec.launcher.js';
import { remoteQueueName } from './mosec.remote-queue.js';

export interface RemotesParts {
  readonly options: ResolvedOptions;
  /** Everything runs here, whatever the options say. */
  readonly isLocal: boolean;
  readonly wheel: DeadlineWheel;
  readonly log: LogSink;
  readonly health: EngineHealth;
}

/** Where the items of one stage go. */
export interface StagePlace {
  readonly port: StagePort;
  readonly remote?: RemotePool | undefined;
}

/** Which stages run here, which on other hosts; and the connections between them. */
export class Remotes {
  private readonly settings?: RemoteSettings;
  private readonly role: ResolvedOptions['role'];
  private readonly gateway?: RemoteGateway;
  private readonly host?: RemoteHost;
  private readonly unhosted: Set<string>;

  /** @throws MosecConfigurationError that says what is missing */
  constructor(private readonly parts: RemotesParts) {
    const { options, isLocal, wheel, log, health } = parts;
    this.role = isLocal ? 'gateway' : options.role;
    this.unhosted = new Set(isLocal ? [] : options.hostedStages);
    refuseContradictions(options);
    if (!options.remote || isLocal) return;
    const settings = new RemoteSettings(options.remote);
    this.settings = settings;
    try {
      if (this.role === 'worker') this.host = new RemoteHost({ settings, wheel, now: monotonicNow, log });
      else this.gateway = new RemoteGateway(settings, listener(settings, log, health), monotonicNow);
    } catch (cause) {
      throw new MosecConfigurationError((cause as Error).message, { cause });
    }
  }

  /** Whether replicas of the stage are started here. */
  runsHere(plan: StagePlan): boolean {
    const isRemote = this.isRemote(plan);
    if (this.role === 'gateway') return !isRemote || plan.options.spill === true;
    const { hostedStages } = this.parts.options;
    if (hostedStages.length === 0) return isRemote;
    if (!hostedStages.includes(plan.name)) return false;
    if (isRemote) return true;
    throw new MosecConfigurationError(
      `Stage "${plan.name}" is to run on this worker host, and no gateway would send it anything: give it ` +
        "placement: 'remote', or name it in remote.stages of MosecModule.forRoot().",
    );
  }

  /** Connects the stage with what is elsewhere. */
  place(plan: StagePlan, pool: StagePool, runsHere: boolean): StagePlace {
    const { name, options, definition } = plan;
    const { maxBatchSize = 1, maxConcurrency = 1, retryOnCrash = true, maxQueueWaitMs } = options;
    this.unhosted.delete(name);
    const queue = remoteQueueName(plan);
    if (this.host && runsHere) {
      const streams = definition.stream !== undefined;
      this.host.host({ stage: name, queue, pool, maxBatchSize, maxConcurrency, streams, retryOnCrash });
    }
    if (!this.gateway || !this.isRemote(plan)) return { port: pool };
    const shed = (code: string): void => pool.shed(code);
    const remote = this.gateway.stage({ stage: name, queue, retryOnCrash, maxQueueWaitMs, shed });
    return { port: runsHere ? new SpillPort(pool, remote, maxBatchSize * maxConcurrency) : remote, remote };
  }

  /**
   * After all stages have been placed.
   * @throws MosecConfigurationError naming a stage that is to run here and is not there
   */
  check(stages: readonly string[]): void {
    const [unknown] = this.unhosted;
    if (unknown !== undefined) {
      throw new MosecConfigurationError(
        `Stage "${unknown}" is to run on this worker host, and the application has no such stage: ` +
          `name some of ${stages.map((stage) => `"${stage}"`).join(', ')} in --stages.`,
      );
    }
  }

  /** The ways to stages elsewhere. */
  get pools(): readonly RemotePool[] {
    return this.gateway?.pools ?? [];
  }

  /** Why this process cannot do its part; undefined where it can. */
  get unreadyReason(): string | undefined {
    return this.host?.unreadyReason;
  }

  /** Items of gateways elsewhere that are here without an outcome. */
  get open(): number {
    return this.host?.open ?? 0;
  }

  start(): void {
    this.gateway?.start();
    this.host?.start();
  }

  /** Replicas have come or gone. */
  adjust(): void {
    this.host?.adjust();
  }

  drain(): void {
    this.host?.drain();
  }

  async whenIdle(): Promise<void> {
    await this.host?.whenIdle();
  }

  giveUp(): void {
    this.host?.giveUp();
  }

  async close(graceMs: number): Promise<void> {
    await Promise.all([this.gateway?.close(graceMs), this.host?.close(graceMs)]);
  }

  private isRemote({ name, options }: StagePlan): boolean {
    if (this.parts.isLocal) return false;
    const named = this.settings?.stages.includes(name) ? 'remote' : 'local';
    const isRemote = (options.placement ?? named) === 'remote';
    if (!isRemote || this.settings) return isRemote;
    throw new MosecConfigurationError(
      `Stage "${name}" has placement "remote", and there is no queue to it: give MosecModule.forRoot() ` +
        "remote: { redis: 'redis://…' }, or the stage placement: 'local'.",
    );
  }
}

function listener({ address }: RemoteSettings, log: LogSink, health: EngineHealth) {
  return {
    up: (): void => log.log('info', `connected to Redis at ${address}`),
    down: (reason: string): void => log.log('error', `no connection to Redis at ${address}: ${reason}; trying again`),
    served: (stage: string): void => {
      log.log('info', 'served by a worker host', stage, { stage });
      health.stageReady(stage, { warmUpMs: 0, examples: [] });
    },
  };
}

function refuseContradictions({ role, remote, hostedStages }: ResolvedOptions): void {
  if (role === 'worker' && !remote) {
    throw new MosecConfigurationError(
      'A worker host takes its work from a queue, and there is none: give MosecModule.forRoot() ' +
        "remote: { redis: 'redis://…' }, or start it without --role worker.",
    );
  }
  if (role === 'gateway' && hostedStages.length > 0) {
    throw new MosecConfigurationError(
      `--stages names "${hostedStages[0]}", and a gateway runs what is not remote: add --role worker.`,
    );
  }
}
