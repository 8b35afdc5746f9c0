import type { LogSink } from '#libs/contracts';
import { Backoff, DEFAULT_BACKOFF, type BackoffOptions } from './backoff.js';
import type { LaunchReplica, ReadyDetails, Replica, ReplicaListener } from './replica.js';
import type { StartGate } from './start-gate.js';

/** Takes the replicas of a stage as they come and go: the stage's pool. */
export interface ReplicaSink {
  /** A replica is ready; the answer listens to its batches from now on. */
  attach(replica: Replica): BatchListener;
}
/** The part of a replica's reports that concerns batches. `detached` is the last. */
export interface BatchListener extends Pick<ReplicaListener, 'begun' | 'settled' | 'finished'> {
  detached(reason: string): void;
}

export interface SupervisorOptions {
  readonly stage: string;
  readonly replicas: number;
  readonly launch: LaunchReplica;
  readonly sink: ReplicaSink;
  readonly gate: StartGate;
  readonly log: LogSink;
  /** Failed starts in a row, before the stage has ever been ready, that end the start-up. */
  readonly startAttempts: number;
  readonly onReady: (workerId: number, details: ReadyDetails) => void;
  readonly onStartFailed: (cause: string) => void;
  readonly backoff?: BackoffOptions;
  readonly now?: () => number;
}

/** Keeps the replicas of one stage running: starts them, replaces those that end, stops them. */
export class Supervisor {
  private readonly slots: Slot[];
  private everReady = false;
  private failedStarts = 0;
  private stopping = false;

  constructor(private readonly options: SupervisorOptions) {
    this.slots = Array.from(
      { length: options.replicas },
      (_, i) => new Slot(i + 1, options.backoff ?? DEFAULT_BACKOFF),
    );
  }

  start(): void {
    for (const slot of this.slots) this.launch(slot);
  }

  /** Workers whose process is alive, ready or not. */
  get running(): number {
    return this.slots.filter((slot) => slot.replica).length;
  }

  /** Why the last replica ended, if one did and the stage is not healthy again. */
  get lastFailure(): string | undefined {
    return this.slots.find((slot) => slot.lastEnd)?.lastEnd;
  }

  /** Asks every replica to end, kills what is left after `graceMs`, resolves when all have ended. */
  async stop(graceMs: number): Promise<void> {
    this.stopping = true;
    for (const slot of this.slots) slot.cancelRestart();
    const alive = this.slots.filter((slot) => slot.replica);
    for (const slot of alive) slot.replica?.stop();
    const timer = setTimeout(() => alive.forEach((slot) => slot.replica?.kill()), graceMs);
    await Promise.all(alive.map((slot) => slot.whenEnded()));
    clearTimeout(timer);
  }

  private launch(slot: Slot): void {
    this.options.gate.enter((leave) => {
      if (this.stopping) return leave();
      slot.launched(this.options.launch(slot.workerId, this.listen(slot, leave)));
    });
  }

  private listen(slot: Slot, leave: () => void): ReplicaListener {
    const { options } = this;
    const now = options.now ?? (() => performance.now());
    const name = `${options.stage}#${slot.workerId}`;
    let batches: BatchListener | undefined;
    let readyAt = 0;
    return {
      ready: (details) => {
        leave();
        if (this.stopping || !slot.replica) return;
        readyAt = now();
        this.everReady = true;
        slot.lastEnd = undefined;
        batches = options.sink.attach(slot.replica);
        options.onReady(slot.workerId, details);
      },
      begun: (batch, indexes) => batches?.begun(batch, indexes),
      settled: (batch, index, ok, payload) => batches?.settled(batch, index, ok, payload),
      finished: (batch) => batches?.finished(batch),
      log: (level, message) => options.log.log(level, message, name),
      ended: (reason) => {
        leave();
        slot.ended(reason);
        batches?.detached(reason);
        if (!this.stopping) this.replace(slot, batches ? Math.max(now() - readyAt, 1) : 0, reason);
      },
    };
  }

  private replace(slot: Slot, readyForMs: number, reason: string): void {
    const { options } = this;
    if (!this.everReady && ++this.failedStarts >= options.startAttempts) {
      this.stopping = true;
      return options.onStartFailed(reason);
    }
    const delayMs = slot.restartAfter(readyForMs, () => this.launch(slot));
    const what = readyForMs > 0 ? 'ended' : 'could not start';
    options.log.log(
      'error',
      `worker ${what}: ${reason}; next start in ${Math.round(delayMs)} ms`,
      `${options.stage}#${slot.workerId}`,
    );
  }
}

/** One place among a stage's replicas; a replacement takes the number of the one it replaces. */
class Slot {
  replica?: Replica;
  lastEnd?: string;
  private readonly backoff: Backoff;
  private timer?: NodeJS.Timeout;
  private readonly onEnded: (() => void)[] = [];

  constructor(
    readonly workerId: number,
    backoff: BackoffOptions,
  ) {
    this.backoff = new Backoff(backoff);
  }

  launched(replica: Replica): void {
    this.replica = replica;
  }

  ended(reason: string): void {
    this.replica = undefined;
    this.lastEnd = reason;
    for (const resolve of this.onEnded.splice(0)) resolve();
  }

  whenEnded(): Promise<void> {
    return this.replica ? new Promise((resolve) => this.onEnded.push(resolve)) : Promise.resolve();
  }

  restartAfter(readyForMs: number, launch: () => void): number {
    const delayMs = this.backoff.delayAfter(readyForMs);
    this.timer = setTimeout(launch, delayMs);
    return delayMs;
  }

  cancelRestart(): void {
    clearTimeout(this.timer);
  }
}
