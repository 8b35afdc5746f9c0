import { randomBytes } from 'node:crypto';
import type { LogSink } from '#libs/contracts';
import type { DeadlineWheel } from '#libs/pipeline';
import { HOST_NOTICE_MS } from './host-registry.js';
import { HostLink } from './host-link.js';
import { loadBullMq } from './load-packages.js';
import { RemoteKeys } from './remote-keys.js';
import type { RemoteSettings } from './remote-settings.js';
import { StageIntake, type StageIntakeOptions } from './stage-intake.js';

const ID_BYTES = 8;
/** So many notices after it was deaf a host looks for what it has missed: gateways have come back by then, too. */
const NOTICES_TO_RECOVER = 3;

export type HostedStage = Pick<
  StageIntakeOptions,
  'stage' | 'queue' | 'pool' | 'maxBatchSize' | 'maxConcurrency' | 'streams' | 'retryOnCrash'
>;

export interface RemoteHostParts {
  readonly settings: RemoteSettings;
  readonly wheel: DeadlineWheel;
  readonly now: () => number;
  readonly log: LogSink;
}

/** A process that runs stages for gateways elsewhere. */
export class RemoteHost {
  private readonly id = randomBytes(ID_BYTES).toString('hex');
  private readonly link: HostLink;
  private readonly intakes: StageIntake[] = [];
  private timer?: NodeJS.Timeout;
  private noticesToCheck = 0;

  /** @throws Error that says what to install */
  constructor(private readonly parts: RemoteHostParts) {
    const { settings, now, log } = parts;
    // Found out now, not with the first stage.
    loadBullMq();
    const { address } = settings;
    this.link = new HostLink(settings, new RemoteKeys(settings.prefix), now, {
      up: () => {
        log.log('info', `connected to Redis at ${address}`);
        this.adjust();
      },
      down: (reason) => log.log('error', `no connection to Redis at ${address}: ${reason}; trying again`),
      deaf: () => (this.noticesToCheck = NOTICES_TO_RECOVER),
      control: (queue, message) => this.intakes.find((intake) => intake.queue === queue)?.control(message),
    });
  }

  /** Takes items of one more stage, once the host is started. */
  host(stage: HostedStage): void {
    const { settings, ...parts } = this.parts;
    const { stalledMs, ttlMs } = settings;
    this.intakes.push(new StageIntake({ ...stage, ...parts, stalledMs, ttlMs, link: this.link }));
  }

  /** Why no item can come; undefined when one can. */
  get unreadyReason(): string | undefined {
    const { reason } = this.link;
    return reason && `no connection to Redis at ${this.parts.settings.address} (${reason})`;
  }

  start(): void {
    this.link.open(this.intakes.map(({ queue }) => queue));
    this.timer = setInterval(() => this.beat(), HOST_NOTICE_MS).unref();
  }

  /** Looks at the replicas, and tells the gateways. */
  adjust(): void {
    if (this.link.reason !== undefined) return;
    for (const intake of this.intakes) intake.adjust();
    const stages = Object.fromEntries(this.intakes.map((intake) => [intake.queue, intake.status]));
    this.link.tell({ host: this.id, stages }).catch(() => undefined);
  }

  /** Takes nothing more; what no replica has goes back to the queues. */
  drain(): void {
    clearInterval(this.timer);
    this.link.tell({ host: this.id }).catch(() => undefined);
    for (const intake of this.intakes) intake.drain();
  }

  /** Items that were taken and have no outcome yet. */
  get open(): number {
    return this.intakes.reduce((count, intake) => count + intake.open, 0);
  }

  async whenIdle(): Promise<void> {
    await Promise.all(this.intakes.map((intake) => intake.whenIdle()));
  }

  /** The time to finish is over: what is left goes back to the queues. */
  giveUp(): void {
    for (const intake of this.intakes) intake.giveUp();
  }

  /** @param graceMs for Redis to take what is left to be said */
  async close(graceMs: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const closed = Promise.all(this.intakes.map((intake) => intake.close()));
    await Promise.race([closed, new Promise((resolve) => (timer = setTimeout(resolve, graceMs)))]);
    clearTimeout(timer);
    this.link.close();
  }

  private beat(): void {
    this.adjust();
    if (this.link.reason !== undefined || this.noticesToCheck === 0 || --this.noticesToCheck > 0) return;
    for (const intake of this.intakes) void intake.dropWithdrawn();
  }
}
